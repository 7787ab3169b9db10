package dev.daypass.llm;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets a model rest that fails again and again: after [#FAILURES_MAX] failures in a row nobody
/// asks for [#REST], then one question tries it.
final class Circuit {
    static final int FAILURES_MAX = 5;
    static final Duration REST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private int failures;
    private long restsUntil;

    Circuit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Whether one question may be asked now.
    synchronized boolean mayAsk() {
        long now = nanoTime.getAsLong();
        if (failures < FAILURES_MAX) {
            return true;
        }
        if (now - restsUntil < 0) {
            return false;
        }
        restsUntil = now + REST.toNanos();
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /// Whether the model rests from now on.
    synchronized boolean failed() {
        failures = Math.min(failures + 1, FAILURES_MAX);
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        return failures == FAILURES_MAX;
    }
}
