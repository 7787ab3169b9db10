package dev.daypass.store;

/// What became of a change.
public sealed interface Outcome {
    /// It is durable.
    ///
    /// @param sequence of its last fact
    /// @param amount for [Change.Reserve] how many calls were had, for [Change.End] how many
    ///   accounts ended; else 1
    record Applied(long sequence, long amount) implements Outcome {}

    /// It did not apply; nothing was changed, nothing recorded.
    ///
    /// @param why in words
    record NotApplied(String why) implements Outcome {}
}
