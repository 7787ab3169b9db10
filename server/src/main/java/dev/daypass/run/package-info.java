/// A program that works under an account of its own: what it sees is a server on loopback, which
/// puts the account's token into its calls and hands them to the edge. The account ends with it.
@NullMarked
package dev.daypass.run;

import org.jspecify.annotations.NullMarked;
