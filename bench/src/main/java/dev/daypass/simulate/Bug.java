package dev.daypass.simulate;

/// A mistake that the simulation must find: planted to see that it can.
public enum Bug {
    NONE,
    /// Edges serve until the very end of their lease.
    SKIP_THE_MARGIN,
    /// Edges acknowledge a fact and apply it a moment later.
    ACKNOWLEDGE_BEFORE_APPLYING,
    /// An edge that was restarted goes by the name of its earlier life.
    FORGET_A_RESTART,
    /// A server that others do not hear is struck off the moment that it is marked as leaving.
    STRIKE_AT_ONCE,
    /// A server counts its own lease from when it had looked.
    COUNT_FROM_THE_ANSWER,
    /// A server among several does not wait for an edge that itself has not heard for a lease.
    TRUST_SILENCE
}
