/// Facts, their canonical form, and the hash chain over them.
@NullMarked
package dev.daypass.ledger;

import org.jspecify.annotations.NullMarked;
