package dev.daypass.policy;

/// What a rule does where its condition holds.
public sealed interface Effect {
    /// Refuses.
    record Deny() implements Effect {}

    /// Asks a human.
    ///
    /// @param by who may agree
    record Approve(String by) implements Effect {}

    /// Bounds what is given.
    ///
    /// @param caps at least one of them is set
    record Cap(Caps caps) implements Effect {}
}
