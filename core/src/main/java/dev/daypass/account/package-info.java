/// The temporary account: its state machine and its place in the delegation tree.
@NullMarked
package dev.daypass.account;

import org.jspecify.annotations.NullMarked;
