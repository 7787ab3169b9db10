package dev.daypass.budget;

import org.jspecify.annotations.Nullable;

/// How many calls an account may make before it ends.
///
/// @param calls 1 to {@value #CALLS_MAX}; `null` for no limit but the deadline
public record Budget(@Nullable Long calls) {
    public static final long CALLS_MAX = 1_000_000_000;
    public static final Budget UNLIMITED = new Budget(null);

    public Budget {
        if (calls != null && (calls < 1 || calls > CALLS_MAX)) {
            throw new IllegalArgumentException("a budget is 1 to %d calls".formatted(CALLS_MAX));
        }
    }

    /// The tighter of both.
    public Budget and(@Nullable Long other) {
        if (other == null) {
            return this;
        }
        return calls == null ? new Budget(other) : new Budget(Math.min(calls, other));
    }
}
