package dev.daypass.budget;

import java.util.concurrent.atomic.AtomicLong;

/// The calls of one account that an edge may still let through before it must ask for more.
/// Thread-safe.
public final class Allowance {
    private final AtomicLong left = new AtomicLong();

    /// Takes one call if there is one.
    public boolean take() {
        long now = left.get();
        while (now > 0) {
            if (left.compareAndSet(now, now - 1)) {
                return true;
            }
            now = left.get();
        }
        return false;
    }

    /// Puts calls in: newly reserved ones, or one that was taken and not made.
    public void put(long calls) {
        left.addAndGet(calls);
    }

    public boolean spent() {
        return left.get() <= 0;
    }

    /// How many calls to reserve at once: few where the budget is small, so that none lies idle.
    public static long chunk(long callsMax) {
        return Math.clamp(callsMax / 20, 1, 64);
    }
}
