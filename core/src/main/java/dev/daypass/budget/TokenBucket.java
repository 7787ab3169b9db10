package dev.daypass.budget;

/// A rate limit that allows bursts. Told the time by its caller. Thread-safe.
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;
    // A billionth of a token: who waited as long as told must not miss by the last bit of a double.
    private static final double ROUNDING = 1e-9;

    private final double capacity;
    private final double perNano;
    private double tokens;
    private long lastNanos;

    /// @param perSecond sustained rate, more than 0
    /// @param burst most that can be taken at once after a rest, at least 1
    public TokenBucket(double perSecond, double burst, long nowNanos) {
        if (!(perSecond > 0) || !(burst >= 1)) {
            throw new IllegalArgumentException("rate must be above 0 and burst at least 1");
        }
        this.capacity = burst;
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /// Takes one token.
    ///
    /// @return 0 if it was taken, else the nanoseconds until one is there
    public synchronized long take(long nowNanos) {
        // A monotonic clock does not go back; should it, no tokens are made of it.
        long passed = Math.max(0, nowNanos - lastNanos);
        lastNanos = Math.max(lastNanos, nowNanos);
        tokens = Math.min(capacity, tokens + passed * perNano);
        if (tokens >= 1 - ROUNDING) {
            tokens -= 1;
            return 0;
        }
        return (long) Math.ceil((1 - tokens) / perNano);
    }

    public synchronized boolean full(long nowNanos) {
        return tokens + Math.max(0, nowNanos - lastNanos) * perNano >= capacity;
    }
}
