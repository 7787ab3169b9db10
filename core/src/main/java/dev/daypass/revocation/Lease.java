package dev.daypass.revocation;

/// How long may be served, by the clocks of one machine.
///
/// @param asked when it was asked for
/// @param servedNanos how long it is good for from then on
record Lease(Asked asked, long servedNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    // Of a lease: less than half its margin, and more than two clocks of one machine differ in it.
    private static final long APART_SHARE = 50;

    /// A moment by both clocks.
    ///
    /// @param nanos on the monotonic clock
    /// @param wallMillis on the wall clock, which goes on while a machine is suspended
    public record Asked(long nanos, long wallMillis) {}

    boolean over(long nanos) {
        return nanos - asked.nanos() >= servedNanos;
    }

    long leftNanos(long nanos) {
        return Math.max(0, servedNanos - (nanos - asked.nanos()));
    }

    /// Whether the two clocks have not gone together since: the machine was suspended, or its wall
    /// clock was set. Only both at once and by the same amount would not be seen.
    boolean parted(long nanos, long wallMillis) {
        long apart = wallMillis - asked.wallMillis() - (nanos - asked.nanos()) / NANOS_PER_MILLI;
        return Math.abs(apart) > 1 + servedNanos / APART_SHARE / NANOS_PER_MILLI;
    }
}
