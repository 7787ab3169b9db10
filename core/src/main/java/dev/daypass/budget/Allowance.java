package dev.daypass.budget;

import java.util.concurrent.atomic.AtomicLong;

/// The calls of one account that an edge may still let through before it must ask for more.
/// Thread-safe.
public final class Allowance {
    private final AtomicLong left = new AtomicLong();
    private final AtomicLong had = new AtomicLong();

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

    /// Puts newly reserved calls in.
    public void add(long calls) {
        had.addAndGet(calls);
        left.addAndGet(calls);
    }

    /// Puts one back that was taken and not made.
    public void putBack() {
        left.incrementAndGet();
    }

    /// How many calls were reserved in all.
    public long had() {
        return had.get();
    }

    public boolean spent() {
        return left.get() <= 0;
    }

    /// How many calls to reserve at once: few where the budget is small, so that none lies idle.
    public static long chunk(long callsMax) {
        return Math.clamp(callsMax / 20, 1, 64);
    }
}
