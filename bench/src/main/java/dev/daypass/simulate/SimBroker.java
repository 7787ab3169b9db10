package dev.daypass.simulate;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.AwaitedEdges;
import dev.daypass.revocation.AwaitedEdges.Everywhere;
import dev.daypass.revocation.EndedAccounts;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Gossip;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.Renewals;
import dev.daypass.revocation.Roll;
import dev.daypass.revocation.Roster;
import dev.daypass.revocation.ServerLease;
import dev.daypass.revocation.ToEdge;
import dev.daypass.revocation.ToEdge.Numbered;
import dev.daypass.simulate.SimStore.Ended;
import dev.daypass.simulate.SimStore.Entry;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A server: a broker, perhaps with an edge in it, with the real waiting, roll call, gossip and
/// lease, in a process that may die or stand still; every look into the store takes its time.
final class SimBroker implements Served {
    private static final String SERVER = "server";
    private static final String WITH_EDGE = SERVER + "-edge";
    private static final long KEPT_MILLIS = 3_600_000;
    private static final int BEATS_IN_A_LEASE = 20;
    private static final int BEATS_TO_LOOK = 5;
    private static final double SLOW = 0.03;

    private final Schedule schedule;
    private final Clock clock;
    private final SimProcess process;
    private final Setup setup;
    private final SimStore store;
    private final Wires wires;
    private EndedAccounts own;
    private long changes;
    private AwaitedEdges awaited;
    private Roll roll;
    private Roster roster;
    private Gossip gossip;
    private ServerLease lease;
    private long heard;
    private long newsHead;
    private long lives;
    private long beats;
    private long storelessUntil;

    /// @param terms of all leases
    /// @param ownEdge whether there is an edge in it
    /// @param shared whether other servers may write the same store
    /// @param bug that is planted
    record Setup(LeaseTerms terms, boolean ownEdge, boolean shared, Bug bug) {}

    SimBroker(
            int number,
            Schedule schedule,
            Clock clock,
            SimStore store,
            Setup setup,
            Function<String, Wires> wires) {
        String name = (setup.ownEdge() ? WITH_EDGE : SERVER) + number;
        this.process = new SimProcess(name, schedule, clock);
        this.schedule = schedule;
        this.clock = clock;
        this.setup = setup;
        this.store = store;
        this.wires = wires.apply(name);
        start();
    }

    @Override
    public String name() {
        return process.name();
    }

    SimProcess process() {
        return process;
    }

    /// Its process begins, knowing what the store holds.
    private void start() {
        long lease = setup.terms().leaseNanos();
        awaited = new AwaitedEdges(lease);
        roll = new Roll(lease);
        gossip = new Gossip(lease);
        roster = new Roster(store.members());
        this.lease = new ServerLease(setup.terms(), clock.nanos());
        own = new EndedAccounts();
        store.endedFrom(0).forEach(this::add);
        heard = store.head();
        newsHead = heard;
        process.every(lease / BEATS_IN_A_LEASE, this::tick);
    }

    private void add(Ended ended) {
        own.add(ended.account(), Instant.ofEpochMilli(ended.deadlineMillis()));
        changes++;
    }

    /// Asking the store takes a while; the process may die or stand still meanwhile, and the store
    /// may be out of reach.
    private void later(Runnable what) {
        later(what, () -> {});
    }

    private void later(Runnable what, Runnable failed) {
        process.after(
                schedule.soon(schedule.chance(SLOW) ? Schedule.SECOND : 30 * Schedule.MILLI),
                () -> {
                    if (schedule.now() < storelessUntil) {
                        failed.run();
                    } else {
                        what.run();
                    }
                });
    }

    /// Hears what is in the store, as the feed does.
    private void catchUp() {
        for (Entry entry : store.entriesAfter(heard)) {
            heard++;
            switch (entry) {
                case Entry.OfAccount(var ended) -> {
                    add(ended);
                    wires.toFollowers(
                            new ToEdge.News<>(
                                    newsHead, heard, List.of(new Numbered<>(heard, ended))));
                    newsHead = heard;
                }
                case Entry.Joined(var member) -> roster.joined(member);
                case Entry.Leaving(var member) -> roster.leaving(member);
                case Entry.Left(var member) -> {
                    roster.left(member);
                    gossip.forget(member);
                    awaited.struckOff(member, clock.nanos());
                }
            }
        }
        Incarnation mine = lease.life();
        if (mine != null) {
            tell(mine, heard);
        }
    }

    private void tell(Incarnation member, long applied) {
        if (setup.shared() && gossip.due(member, applied, clock.nanos())) {
            wires.gossip(member, applied);
        }
    }

    void hear(FromEdge message) {
        process.whenAwake(() -> heard(message));
    }

    private void heard(FromEdge message) {
        switch (message) {
            case FromEdge.Join join -> {
                roll.heard(join.from(), clock.nanos());
                later(() -> join(join));
            }
            case FromEdge.Renew renew -> {
                acknowledged(renew.from(), renew.applied());
                later(() -> renew(renew));
            }
            case FromEdge.Missed missed -> later(() -> missed(missed));
            case FromEdge.Acknowledge(var from, var applied) -> acknowledged(from, applied);
            case FromEdge.Leave(var from) -> {
                awaited.left(from, clock.nanos());
                later(() -> store.strikeOff(from));
            }
        }
    }

    private void acknowledged(Incarnation from, long applied) {
        if (heardOf(from, applied)) {
            tell(from, applied);
        }
    }

    private boolean heardOf(Incarnation from, long applied) {
        if (!roster.has(from)) {
            return false;
        }
        roll.heard(from, clock.nanos());
        awaited.acknowledged(from, applied, clock.nanos());
        return true;
    }

    /// Another server has heard of a member.
    void rumour(Incarnation member, long applied) {
        process.whenAwake(() -> heardOf(member, applied));
    }

    /// Another server has written something.
    void written() {
        process.whenAwake(() -> later(this::catchUp));
    }

    private void join(FromEdge.Join join) {
        boolean member = store.join(join.from());
        wires.written();
        later(() -> {
            catchUp();
            if (!member) {
                wires.toEdge(join.from().edge(), new ToEdge.Unknown<>(join.from()));
                return;
            }
            schedule.say("%s takes %s in".formatted(name(), join.from()));
            long from = Renewals.completeFrom(join.wallMillis(), clock.wallMillis(), KEPT_MILLIS);
            var joined =
                    new ToEdge.Joined<List<Ended>, Ended>(
                            join.from(), join.request(), newsHead, from, store.endedFrom(from));
            later(() -> wires.toEdge(join.from().edge(), joined));
        });
    }

    private void renew(FromEdge.Renew renew) {
        catchUp();
        ToEdge<List<Ended>, Ended> answer =
                Renewals.answer(renew, roster.renews(renew.from()), newsHead);
        later(() -> wires.toEdge(renew.from().edge(), answer));
    }

    private void missed(FromEdge.Missed missed) {
        if (missed.applied() < newsHead) {
            ToEdge<List<Ended>, Ended> news =
                    new ToEdge.News<>(
                            missed.applied(), newsHead, store.endings(missed.applied(), newsHead));
            later(() -> wires.toEdge(missed.from().edge(), news));
        }
    }

    /// Ends an account, and answers once no edge takes it any more; never, if it dies before.
    void revoke(Ended ended, Consumer<Everywhere> answer) {
        if (!process.runs()) {
            return;
        }
        later(() -> {
            long sequence = store.end(ended);
            schedule.say("%s has ended %s as %d".formatted(name(), ended.account(), sequence));
            wires.written();
            // It hears of it before it takes it to be durable.
            later(() -> {
                catchUp();
                await(sequence, answer);
            });
        });
    }

    private void await(long sequence, Consumer<Everywhere> answer) {
        long now = clock.nanos();
        Incarnation mine = lease.life();
        List<Incarnation> others =
                roster.lives().stream()
                        .filter(member -> !servesNothing(member) && !member.equals(mine))
                        .toList();
        List<Incarnation> serving = others.stream().filter(one -> !lapsed(one, now)).toList();
        awaited.await(sequence, now, serving, answer);
    }

    private boolean lapsed(Incarnation member, long now) {
        return (!setup.shared() || setup.bug() == Bug.TRUST_SILENCE) && roll.lapsed(member, now);
    }

    private static boolean servesNothing(Incarnation member) {
        return member.edge().startsWith(SERVER) && !member.edge().startsWith(WITH_EDGE);
    }

    private void tick() {
        long now = clock.nanos();
        beats++;
        awaited.tick(now);
        if (setup.shared()) {
            renewOwn();
        }
        if (beats % BEATS_TO_LOOK == 0) {
            later(this::catchUp);
        }
        Incarnation mine = lease.life();
        if (mine != null) {
            roll.heard(mine, now);
        }
        if (setup.shared() && !lease.holds(now, clock.wallMillis())) {
            return;
        }
        Roll.Due due = roll.call(roster.members(), now);
        due.mark()
                .forEach(silent -> {
                    schedule.say("%s marks %s as leaving".formatted(name(), silent));
                    later(() -> store.mark(silent));
                    if (setup.bug() == Bug.STRIKE_AT_ONCE) {
                        strike(silent);
                    }
                });
        due.strike().forEach(this::strike);
    }

    private void strike(Incarnation gone) {
        schedule.say("%s strikes %s off".formatted(name(), gone));
        awaited.struckOff(gone, clock.nanos());
        later(() -> store.strikeOff(gone));
    }

    private void renewOwn() {
        switch (lease.due(clock.nanos(), clock.wallMillis())) {
            case ServerLease.Due.Nothing() -> {}
            case ServerLease.Due.Join join -> joinOthers(join);
            case ServerLease.Due.Look look ->
                    later(
                            () -> {
                                catchUp();
                                looked(look, roster.renews(look.life()));
                            },
                            lease::failed);
        }
    }

    private void looked(ServerLease.Due.Look look, boolean renewed) {
        // What was read takes its way, too.
        later(() -> lease.looked(counted(look), renewed), lease::failed);
    }

    private ServerLease.Due.Look counted(ServerLease.Due.Look look) {
        return setup.bug() == Bug.COUNT_FROM_THE_ANSWER
                ? new ServerLease.Due.Look(
                        look.life(), new ServerLease.Asked(clock.nanos(), clock.wallMillis()))
                : look;
    }

    private void joinOthers(ServerLease.Due.Join join) {
        var candidate = new Incarnation(name(), "life" + ++lives);
        later(
                () -> {
                    store.join(candidate);
                    later(
                            () -> {
                                catchUp();
                                lease.joined(join, candidate);
                            },
                            lease::failed);
                },
                lease::failed);
    }

    void die(long downNanos) {
        process.die(downNanos, this::start);
    }

    void loseStore(long nanos) {
        schedule.say("%s cannot reach the store".formatted(name()));
        storelessUntil = schedule.now() + nanos;
    }

    void findStore() {
        storelessUntil = 0;
    }

    /// Whether there is an edge in it.
    boolean hasEdge() {
        return setup.ownEdge();
    }

    @Override
    public boolean serves() {
        return setup.ownEdge()
                && process.runs()
                && (!setup.shared() || lease.holds(clock.nanos(), clock.wallMillis()));
    }

    @Override
    public boolean accepts(AccountId account, long deadlineMillis) {
        return serves() && clock.wallMillis() <= deadlineMillis && !own.contains(account);
    }

    @Override
    public boolean ignorantOf(AccountId account) {
        return !own.contains(account);
    }

    @Override
    public long changes() {
        return changes;
    }
}
