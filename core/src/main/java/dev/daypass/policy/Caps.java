package dev.daypass.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The most that an account may be given. `null` leaves that bound alone.
///
/// @param ttl longest life
/// @param calls most calls
public record Caps(@Nullable Duration ttl, @Nullable Long calls) {
    private static final Caps NONE = new Caps(null, null);

    public static Caps none() {
        return NONE;
    }

    /// Both together: the smaller of each.
    public Caps and(Caps other) {
        return new Caps(smaller(ttl, other.ttl), smaller(calls, other.calls));
    }

    private static <T extends Comparable<T>> @Nullable T smaller(@Nullable T a, @Nullable T b) {
        if (a == null) {
            return b;
        }
        return b == null || a.compareTo(b) <= 0 ? a : b;
    }
}
