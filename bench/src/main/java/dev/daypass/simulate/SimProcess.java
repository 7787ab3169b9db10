package dev.daypass.simulate;

/// A process on a machine: it may die and be started anew, or stand still. What it was about to do
/// is forgotten when it dies, and done late when it stood still.
final class SimProcess {
    private final String name;
    private final Schedule schedule;
    private final Clock clock;
    private long life;
    private long asleepUntil;
    private boolean dead;

    SimProcess(String name, Schedule schedule, Clock clock) {
        this.name = name;
        this.schedule = schedule;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    Clock clock() {
        return clock;
    }

    boolean dead() {
        return dead;
    }

    boolean asleep() {
        return schedule.now() < asleepUntil;
    }

    /// Whether it does anything now.
    boolean runs() {
        return !dead && !asleep();
    }

    void after(long nanos, Runnable what) {
        long of = life;
        schedule.after(
                nanos,
                () -> {
                    if (of == life && !dead) {
                        whenAwake(what);
                    }
                });
    }

    /// Does it now, or when it does not stand still any more; not at all if it is dead.
    void whenAwake(Runnable what) {
        if (dead) {
            return;
        }
        if (asleep()) {
            after(asleepUntil - schedule.now(), what);
        } else {
            what.run();
        }
    }

    /// Does it again and again in this life, unless it stands still.
    ///
    /// @param nanos by its own clock
    void every(long nanos, Runnable what) {
        long of = life;
        if (!asleep()) {
            what.run();
        }
        schedule.after(
                clock.real(nanos),
                () -> {
                    if (of == life && !dead) {
                        every(nanos, what);
                    }
                });
    }

    /// @param started what it begins its next life with
    void die(long downNanos, Runnable started) {
        if (dead) {
            return;
        }
        schedule.say("%s dies".formatted(name));
        dead = true;
        life++;
        schedule.after(
                downNanos,
                () -> {
                    schedule.say("%s is started".formatted(name));
                    dead = false;
                    asleepUntil = 0;
                    started.run();
                });
    }

    /// @param machine whether the whole machine stands still, and its monotonic clock with it
    void sleep(long nanos, boolean machine) {
        schedule.say(
                "%s stands still for %.3f s%s"
                        .formatted(name, nanos / 1e9, machine ? ", clock and all" : ""));
        asleepUntil = schedule.now() + nanos;
        if (machine) {
            clock.sleptFor(nanos);
        }
    }
}
