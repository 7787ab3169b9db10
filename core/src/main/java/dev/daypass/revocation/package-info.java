/// Ended accounts and leases, as every edge keeps them.
@NullMarked
package dev.daypass.revocation;

import org.jspecify.annotations.NullMarked;
