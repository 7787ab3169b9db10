package dev.daypass.simulate;

import dev.daypass.identity.AccountId;

/// A place where tokens are taken or not: an edge alone, or the one inside a server.
interface Served {
    String name();

    boolean serves();

    /// Whether it would let a token of this account in now.
    boolean accepts(AccountId account, long deadlineMillis);

    /// Whether it does not know that this account ended.
    boolean ignorantOf(AccountId account);

    /// How often what it knows has changed.
    long changes();
}
