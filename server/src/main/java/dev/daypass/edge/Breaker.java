package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import java.util.function.LongSupplier;

/// Leaves a service alone that cannot be connected to: after so many failures in a row nobody tries
/// for a while, then one call does. What a service answers, and how long it takes, is between it
/// and who asks: only connections count. Thread-safe.
final class Breaker {
    private final LimitSettings.Breaker limits;
    private final LongSupplier nanoTime;
    private volatile int failures; // read without the lock while all is well
    private long restsUntil;

    Breaker(LimitSettings.Breaker limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /// Lets a call try, or says how long it must wait.
    ///
    /// @return nanoseconds; 0 where it may try now
    long waitNanos() {
        return failures < limits.failuresMax() ? 0 : waitWhileOpen();
    }

    private synchronized long waitWhileOpen() {
        if (failures < limits.failuresMax()) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        if (now - restsUntil < 0) {
            return restsUntil - now;
        }
        restsUntil = now + limits.rest().toNanos(); // the others wait for this one
        return 0;
    }

    /// A connection was had.
    ///
    /// @return whether the service is no longer left alone
    boolean connected() {
        return failures > 0 && close();
    }

    private synchronized boolean close() {
        boolean open = failures >= limits.failuresMax();
        failures = 0;
        return open;
    }

    /// No connection was had.
    ///
    /// @return whether the service is left alone from now on
    synchronized boolean failed() {
        boolean first = failures == limits.failuresMax() - 1;
        failures = Math.min(failures + 1, limits.failuresMax());
        restsUntil = nanoTime.getAsLong() + limits.rest().toNanos();
        return first;
    }

    boolean resting() {
        return failures >= limits.failuresMax();
    }
}
