package dev.daypass.broker;

import org.jspecify.annotations.Nullable;

/// What became of a request to change an account's state.
///
/// @param accounts how many accounts changed; 0 where it had happened before
/// @param refused why not; `null` where there was nothing to refuse
/// @param fact number of the fact that says so; 0 where nothing was recorded, or many were
public record Ending(long accounts, @Nullable Refusal refused, long fact) {
    public Ending(long accounts, @Nullable Refusal refused) {
        this(accounts, refused, 0);
    }
}
