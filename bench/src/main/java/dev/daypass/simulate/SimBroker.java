package dev.daypass.simulate;

import dev.daypass.revocation.AwaitedEdges;
import dev.daypass.revocation.AwaitedEdges.Everywhere;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.Renewals;
import dev.daypass.revocation.Roll;
import dev.daypass.revocation.ToEdge;
import dev.daypass.simulate.SimStore.Ended;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A broker: the real waiting and roll call, in a process that may die; every look into the store
/// takes its time.
final class SimBroker {
    private static final long KEPT_MILLIS = 3_600_000;

    private final String name;
    private final Schedule schedule;
    private final Clock clock;
    private final LeaseTerms terms;
    private final SimStore store;
    private final Edges edges;
    private AwaitedEdges awaited;
    private Roll roll;
    private long told;
    private long life;
    private boolean dead;

    /// How it reaches edges.
    ///
    /// @param one the one that a message is for
    /// @param all every edge
    /// @param others every other broker, which is told whom this one hears
    record Edges(
            BiConsumer<String, ToEdge<List<Ended>, Ended>> one,
            Consumer<ToEdge<List<Ended>, Ended>> all,
            Consumer<Incarnation> others) {}

    SimBroker(
            String name,
            Schedule schedule,
            Clock clock,
            LeaseTerms terms,
            SimStore store,
            Edges edges) {
        this.name = name;
        this.schedule = schedule;
        this.clock = clock;
        this.terms = terms;
        this.store = store;
        this.edges = edges;
        this.awaited = new AwaitedEdges(terms.leaseNanos());
        this.roll = new Roll(terms.leaseNanos());
        beat(life);
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

    /// Asking the store takes a while, and the broker may die meanwhile.
    private void later(Runnable what) {
        long of = life;
        schedule.after(
                schedule.soon(30 * Schedule.MILLI),
                () -> {
                    if (of == life && !dead) {
                        what.run();
                    }
                });
    }

    void hear(FromEdge message) {
        if (dead) {
            return;
        }
        roll.heard(message.from(), clock.nanos());
        edges.others().accept(message.from());
        switch (message) {
            case FromEdge.Join join -> later(() -> join(join));
            case FromEdge.Renew renew -> later(() -> renew(renew));
            case FromEdge.Missed missed -> later(() -> missed(missed));
            case FromEdge.Acknowledge(var from, var applied) ->
                    awaited.acknowledged(from, applied, clock.nanos());
            case FromEdge.Leave(var from) -> {
                awaited.left(from, clock.nanos());
                later(() -> store.strikeOff(from));
            }
        }
    }

    /// Another broker has heard an edge.
    void rumour(Incarnation edge) {
        if (!dead) {
            roll.heard(edge, clock.nanos());
        }
    }

    private void join(FromEdge.Join join) {
        if (!store.join(join.from())) {
            edges.one().accept(join.from().edge(), new ToEdge.Unknown<>(join.from()));
            return;
        }
        schedule.say("%s takes %s in".formatted(name, join.from()));
        later(() -> {
            long from = Renewals.completeFrom(join.wallMillis(), clock.wallMillis(), KEPT_MILLIS);
            var joined =
                    new ToEdge.Joined<List<Ended>, Ended>(
                            join.from(), join.request(), store.head(), from, store.endedFrom(from));
            later(() -> edges.one().accept(join.from().edge(), joined));
        });
    }

    private void renew(FromEdge.Renew renew) {
        boolean member = store.members().contains(new Roll.Member(renew.from(), false));
        ToEdge<List<Ended>, Ended> answer = Renewals.answer(renew, member, store.head());
        later(() -> edges.one().accept(renew.from().edge(), answer));
    }

    private void missed(FromEdge.Missed missed) {
        ToEdge<List<Ended>, Ended> news =
                new ToEdge.News<>(missed.applied(), store.head(), store.after(missed.applied()));
        later(() -> edges.one().accept(missed.from().edge(), news));
    }

    /// Ends an account, and answers once no edge takes it any more; never, if it dies before.
    void revoke(Ended ended, Consumer<Everywhere> answer) {
        if (dead) {
            return;
        }
        later(() -> {
            long sequence = store.end(ended);
            schedule.say("%s has ended %s as %d".formatted(name, ended.account(), sequence));
            later(() -> durable(sequence, answer));
        });
    }

    private void durable(long sequence, Consumer<Everywhere> answer) {
        long since = clock.nanos();
        edges.all().accept(new ToEdge.News<>(told, store.head(), store.after(told)));
        told = store.head();
        later(() ->
                awaited.await(
                        sequence,
                        since,
                        store.members().stream().map(Roll.Member::life).toList(),
                        answer));
    }

    private void beat(long of) {
        if (of != life || dead) {
            return;
        }
        awaited.tick(clock.nanos());
        later(() -> {
            Roll.Due due = roll.call(store.members(), clock.nanos());
            due.mark()
                    .forEach(silent -> {
                        schedule.say("%s marks %s as leaving".formatted(name, silent));
                        store.mark(silent);
                    });
            due.strike()
                    .forEach(gone -> {
                        schedule.say("%s strikes %s off".formatted(name, gone));
                        store.strikeOff(gone);
                        awaited.struckOff(gone, clock.nanos());
                    });
        });
        schedule.after(clock.real(terms.leaseNanos() / 20), () -> beat(of));
    }

    void die(long downNanos) {
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
                    awaited = new AwaitedEdges(terms.leaseNanos());
                    roll = new Roll(terms.leaseNanos());
                    told = store.head();
                    beat(life);
                });
    }
}
