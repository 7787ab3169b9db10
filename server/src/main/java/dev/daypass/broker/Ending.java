package dev.daypass.broker;

import org.jspecify.annotations.Nullable;

/// What became of a request to change an account's state.
///
/// @param accounts how many accounts changed; 0 where it had happened before
/// @param refused why not; `null` where there was nothing to refuse
public record Ending(long accounts, @Nullable Refusal refused) {}
