package dev.daypass.simulate;

/// A mistake that the simulation must find: planted to see that it can.
public enum Bug {
    NONE,
    /// Edges serve until the very end of their lease.
    SKIP_THE_MARGIN,
    /// Edges acknowledge a fact and apply it a moment later.
    ACKNOWLEDGE_BEFORE_APPLYING,
    /// An edge that was restarted goes by the name of its earlier life.
    FORGET_A_RESTART
}
