package dev.daypass.feed;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/// One moment on the monotonic and on the wall clock. Whoever stands still between the two looks
/// looks again, or it would seem that the clocks had not gone together.
///
/// @param nanos on the monotonic clock, from before the other look
/// @param wallMillis on the wall clock
public record Moment(long nanos, long wallMillis) {
    private static final long APART_NANOS_MAX = 1_000_000;
    private static final int LOOKS_MAX = 1_000;

    public static Moment now(LongSupplier nanoTime, InstantSource clock) {
        long before = nanoTime.getAsLong();
        for (int looks = 1; ; looks++) {
            long wallMillis = clock.millis();
            long after = nanoTime.getAsLong();
            if (after - before <= APART_NANOS_MAX || looks == LOOKS_MAX) {
                return new Moment(before, wallMillis);
            }
            before = after;
        }
    }
}
