package dev.daypass.simulate;

/// The clocks of one machine: neither runs right, and the wall clock jumps.
final class Clock {
    private static final long EPOCH_MILLIS = 1_790_000_000_000L;

    private final Schedule schedule;
    private final double rate;
    private final long offsetNanos;
    private long stoppedNanos;
    private long wallStepMillis;

    /// @param rate 1 where it runs right
    /// @param offsetNanos what the monotonic clock showed in the beginning
    Clock(Schedule schedule, double rate, long offsetNanos) {
        this.schedule = schedule;
        this.rate = rate;
        this.offsetNanos = offsetNanos;
    }

    long nanos() {
        return offsetNanos + (long) ((schedule.now() - stoppedNanos) * rate);
    }

    long wallMillis() {
        return EPOCH_MILLIS + wallStepMillis + (long) (schedule.now() * rate) / Schedule.MILLI;
    }

    /// How long something takes that takes so long by this clock.
    long real(long nanos) {
        return (long) (nanos / rate) + 1;
    }

    void stepWall(long millis) {
        wallStepMillis += millis;
    }

    void setRight() {
        wallStepMillis = 0;
    }

    /// The machine slept, and its monotonic clock with it.
    void sleptFor(long nanos) {
        stoppedNanos += nanos;
    }

    /// The true time, as an account's deadline counts it.
    static long trueMillis(Schedule schedule) {
        return EPOCH_MILLIS + schedule.now() / Schedule.MILLI;
    }
}
