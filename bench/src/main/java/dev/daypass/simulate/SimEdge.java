package dev.daypass.simulate;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.EdgeMembership;
import dev.daypass.revocation.EndedAccounts;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Held;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.ToEdge;
import dev.daypass.simulate.SimStore.Ended;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/// An edge: the real membership and the real set of ended accounts, in a process that may die.
final class SimEdge implements Served {
    private final String name;
    private final Schedule schedule;
    private final Clock clock;
    private final LeaseTerms terms;
    private final Bug bug;
    private final BiConsumer<SimEdge, FromEdge> brokers;
    private EndedAccounts ended = new EndedAccounts();
    private EdgeMembership<List<Ended>, Ended> membership;
    private long lives;
    private long life;
    private long asleepUntil;
    private boolean dead;
    private long changes;

    SimEdge(
            String name,
            Schedule schedule,
            Clock clock,
            Setup setup,
            BiConsumer<SimEdge, FromEdge> brokers) {
        this.name = name;
        this.schedule = schedule;
        this.clock = clock;
        this.terms = setup.edgeTerms();
        this.bug = setup.bug();
        this.brokers = brokers;
        this.membership = born();
        beat(life);
    }

    /// @param lease of the whole world
    /// @param bug that is planted
    record Setup(LeaseTerms lease, Bug bug) {
        LeaseTerms edgeTerms() {
            return bug == Bug.SKIP_THE_MARGIN ? new LeaseTerms(lease.leaseNanos(), 0) : lease;
        }
    }

    @Override
    public String name() {
        return name;
    }

    Clock clock() {
        return clock;
    }

    private EdgeMembership<List<Ended>, Ended> born() {
        var memory = new EndedAccounts();
        ended = memory;
        changes++;
        long mine = ++life;
        return new EdgeMembership<>(
                terms,
                new Memory(memory, mine),
                () ->
                        new Incarnation(
                                name, bug == Bug.FORGET_A_RESTART ? "once" : "life" + ++lives),
                message -> brokers.accept(this, message));
    }

    private final class Memory implements Held<List<Ended>, Ended> {
        private final EndedAccounts memory;
        private final long mine;

        Memory(EndedAccounts memory, long mine) {
            this.memory = memory;
            this.mine = mine;
        }

        @Override
        public void begin(List<Ended> snapshot) {
            snapshot.forEach(this::add);
        }

        @Override
        public void apply(Ended fact) {
            schedule.say("%s applies the end of %s".formatted(name, fact.account()));
            if (bug == Bug.ACKNOWLEDGE_BEFORE_APPLYING) {
                schedule.after(schedule.soon(20 * Schedule.MILLI), () -> addIfAlive(fact));
            } else {
                add(fact);
            }
        }

        private void addIfAlive(Ended fact) {
            if (mine == life) {
                add(fact);
            }
        }

        private void add(Ended fact) {
            memory.add(fact.account(), Instant.ofEpochMilli(fact.deadlineMillis()));
            changes++;
        }

        @Override
        public void forgetBefore(long wallMillis) {
            memory.forgetBefore(Instant.ofEpochMilli(wallMillis));
            changes++;
        }
    }

    private void beat(long of) {
        if (of != life || dead) {
            return;
        }
        if (!asleep()) {
            membership.tick(clock.nanos(), clock.wallMillis());
        }
        schedule.after(clock.real(terms.leaseNanos() / 20), () -> beat(of));
    }

    void hear(ToEdge<List<Ended>, Ended> message) {
        if (dead) {
            return;
        }
        if (asleep()) {
            long of = life;
            schedule.after(
                    asleepUntil - schedule.now(),
                    () -> {
                        if (of == life) {
                            hear(message);
                        }
                    });
            return;
        }
        membership.hear(message, clock.nanos(), clock.wallMillis());
    }

    private boolean asleep() {
        return schedule.now() < asleepUntil;
    }

    /// Its process stands still; perhaps the whole machine, and its monotonic clock with it.
    void sleep(long nanos, boolean machine) {
        schedule.say(
                "%s stands still for %.3f s%s"
                        .formatted(name, nanos / 1e9, machine ? ", clock and all" : ""));
        asleepUntil = schedule.now() + nanos;
        if (machine) {
            clock.sleptFor(nanos);
        }
    }

    void die(long downNanos) {
        if (dead) {
            return;
        }
        schedule.say("%s dies".formatted(name));
        dead = true;
        life++;
        schedule.after(downNanos, this::rise);
    }

    private void rise() {
        schedule.say("%s is started".formatted(name));
        dead = false;
        asleepUntil = 0;
        membership = born();
        beat(life);
    }

    @Override
    public boolean accepts(AccountId account, long deadlineMillis) {
        return serves() && clock.wallMillis() <= deadlineMillis && !ended.contains(account);
    }

    @Override
    public boolean ignorantOf(AccountId account) {
        return !ended.contains(account);
    }

    @Override
    public long changes() {
        return changes;
    }

    @Override
    public boolean serves() {
        return !dead && !asleep() && membership.fresh(clock.nanos(), clock.wallMillis());
    }
}
