package dev.daypass.simulate;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.AwaitedEdges.Everywhere;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.revocation.ToEdge;
import dev.daypass.simulate.SimStore.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One run: several brokers over one store, many edges, accounts that are revoked, and everything
/// that goes wrong. After each step it looks whether an edge accepts what was answered to be
/// revoked; at the end, when the weather is fair again, whether all has recovered.
public final class Simulation {
    private static final LeaseTerms LEASE = LeaseTerms.of(Duration.ofSeconds(2));

    // A clock may run wrong by half the margin's share of the lease.
    private static final double WRONG_MAX = 0.025;
    private static final long STORM = 30 * Schedule.SECOND;
    private static final long CALM = 30 * Schedule.SECOND;
    private static final int RETRIED_MAX = 20;
    private static final double MOVES = 0.03;

    private final Schedule schedule;
    private final SimStore store = new SimStore();
    private final Network network;
    private final List<SimBroker> brokers;
    private final List<SimEdge> edges;
    private final List<Watch> watches;
    private final Map<String, SimBroker> homes = new HashMap<>();
    private final Faults faults;
    private final Map<AccountId, Ended> revoked = new HashMap<>();
    private final List<Ended> answered = new ArrayList<>();
    private long opened;
    private long acknowledged;
    private long waitedOut;
    private long served;
    private String broken = "";

    /// What a run came to.
    ///
    /// @param seed it ran with
    /// @param broken what must never be, with the time; empty if it never was
    /// @param steps how many things happened
    /// @param hash of all that happened
    /// @param answered revocations that were answered
    /// @param acknowledged times that an edge acknowledged one in time
    /// @param waitedOut times that a lease had to run out
    /// @param served looks that found an edge serving
    public record Result(
            long seed,
            String broken,
            long steps,
            long hash,
            int answered,
            long acknowledged,
            long waitedOut,
            long served) {}

    private Simulation(long seed, Bug bug, Schedule.Trace trace) {
        this.schedule = new Schedule(seed, trace);
        this.network = new Network(schedule, Network.Weather.of(schedule));
        int brokerCount = 1 + schedule.random().nextInt(3);
        int edgeCount = 1 + schedule.random().nextInt(6);
        boolean shared = brokerCount > 1 || schedule.chance(0.3);
        this.brokers =
                IntStream.range(0, brokerCount).mapToObj(i -> broker(i, shared, bug)).toList();
        this.edges =
                IntStream.range(0, edgeCount)
                        .mapToObj(i ->
                                new SimEdge(
                                        "edge" + i,
                                        schedule,
                                        clock(),
                                        new SimEdge.Setup(LEASE, bug),
                                        this::toBrokers))
                        .toList();
        this.watches =
                Stream.<Served>concat(brokers.stream(), edges.stream()).map(Watch::new).toList();
        this.faults = new Faults(schedule, network, brokers, edges);
    }

    /// @param trace told of everything, line by line
    public static Result run(long seed, Bug bug, Lines trace) {
        return new Simulation(seed, bug, trace::line).run(seed);
    }

    /// Told what happens.
    @FunctionalInterface
    public interface Lines {
        void line(String text);
    }

    private Clock clock() {
        double wrong = schedule.random().nextDouble() * 2 - 1;
        // Often as wrong as may be.
        double rate = 1 + WRONG_MAX * (schedule.chance(0.5) ? Math.signum(wrong) : wrong);
        return new Clock(schedule, rate * 0.9999, schedule.random().nextLong() / 4);
    }

    private SimBroker broker(int number, boolean shared, Bug bug) {
        return new SimBroker(
                number,
                schedule,
                clock(),
                store,
                new SimBroker.Setup(LEASE, schedule.chance(0.5), shared, bug),
                From::new);
    }

    /// What one broker sends.
    private final class From implements Wires {
        private final String name;

        From(String name) {
            this.name = name;
        }

        @Override
        public void toEdge(String to, ToEdge<List<Ended>, Ended> message) {
            edges.stream()
                    .filter(edge -> edge.name().equals(to))
                    .forEach(edge -> network.send(name, to, () -> edge.hear(message)));
        }

        @Override
        public void toFollowers(ToEdge<List<Ended>, Ended> message) {
            edges.stream()
                    .filter(edge -> home(edge).name().equals(name))
                    .forEach(edge -> network.send(name, edge.name(), () -> edge.hear(message)));
        }

        @Override
        public void gossip(Incarnation member, long applied) {
            toOthers(broker -> broker.rumour(member, applied));
        }

        @Override
        public void written() {
            toOthers(SimBroker::written);
        }

        private void toOthers(Consumer<SimBroker> what) {
            brokers.stream()
                    .filter(broker -> !broker.name().equals(name))
                    .forEach(
                            broker -> network.send(name, broker.name(), () -> what.accept(broker)));
        }
    }

    /// The broker that an edge speaks to now.
    private SimBroker home(SimEdge edge) {
        return homes.computeIfAbsent(edge.name(), _ -> anyBroker());
    }

    private SimBroker anyBroker() {
        return brokers.get(schedule.random().nextInt(brokers.size()));
    }

    /// An edge speaks to one broker, and at times turns to another: at once if it finds the first
    /// dead.
    private void toBrokers(SimEdge from, FromEdge message) {
        if (home(from).process().dead() || schedule.chance(MOVES)) {
            homes.put(from.name(), anyBroker());
        }
        SimBroker broker = home(from);
        network.send(from.name(), broker.name(), () -> broker.hear(message));
    }

    private Result run(long seed) {
        faults.begin(STORM);
        schedule.after(0, this::work);
        schedule.run(STORM, this::look);
        network.calm();
        // An edge whose clock is more than an hour behind does not serve until it is set right.
        edges.forEach(edge -> edge.clock().setRight());
        brokers.forEach(broker -> broker.process().clock().setRight());
        brokers.forEach(SimBroker::findStore);
        schedule.run(STORM + CALM, this::look);
        if (broken.isEmpty()) {
            lookAtTheEnd();
        }
        return new Result(
                seed,
                broken,
                schedule.steps(),
                schedule.hash(),
                answered.size(),
                acknowledged,
                waitedOut,
                served);
    }

    /// Opens and revokes, all the time.
    private void work() {
        byte[] random = new byte[AccountId.RANDOM_BYTES];
        schedule.random().nextBytes(random);
        long now = Clock.trueMillis(schedule);
        long ttl = schedule.chance(0.3) ? 5_000 : 3_600_000;
        var account = new Ended(AccountId.of(now, random), now + ttl);
        opened++;
        schedule.after(schedule.soon(2 * Schedule.SECOND), () -> revoke(account, 0));
        if (schedule.now() < STORM) {
            schedule.after(schedule.soon(2 * Schedule.SECOND), this::work);
        }
    }

    /// Who gets no answer tries another broker.
    private void revoke(Ended account, int tried) {
        if (revoked.containsKey(account.account()) || tried == RETRIED_MAX) {
            return;
        }
        SimBroker broker = brokers.get(schedule.random().nextInt(brokers.size()));
        broker.revoke(account, everywhere -> answer(account, everywhere));
        schedule.after(5 * Schedule.SECOND, () -> revoke(account, tried + 1));
    }

    private void answer(Ended account, Everywhere everywhere) {
        schedule.say(
                "revoking %s is answered: %d acknowledged, %d waited out"
                        .formatted(
                                account.account(),
                                everywhere.acknowledged(),
                                everywhere.waitedOut()));
        acknowledged += everywhere.acknowledged();
        waitedOut += everywhere.waitedOut();
        if (revoked.put(account.account(), account) == null) {
            answered.add(account);
        }
    }

    private void look() {
        for (Watch watch : watches) {
            Served edge = watch.edge;
            if (!edge.serves()) {
                continue;
            }
            served++;
            for (Ended account : watch.unknown(answered)) {
                if (broken.isEmpty() && edge.accepts(account.account(), account.deadlineMillis())) {
                    broken =
                            "%.6f %s accepts %s, whose revocation was answered"
                                    .formatted(
                                            schedule.now() / 1e9, edge.name(), account.account());
                    schedule.say("BROKEN: %s".formatted(broken));
                }
            }
        }
    }

    /// What an edge does not know: looked up again only when that can have changed.
    private static final class Watch {
        private final Served edge;
        private List<Ended> unknown = List.of();
        private long changes = -1;
        private int answered;

        Watch(Served edge) {
            this.edge = edge;
        }

        List<Ended> unknown(List<Ended> all) {
            if (changes != edge.changes() || answered != all.size()) {
                changes = edge.changes();
                answered = all.size();
                unknown = all.stream().filter(one -> edge.ignorantOf(one.account())).toList();
            }
            return unknown;
        }
    }

    private void lookAtTheEnd() {
        for (SimEdge edge : edges) {
            if (!edge.serves()) {
                broken = edge.name() + " did not recover";
            }
        }
        for (SimBroker broker : brokers) {
            if (broker.hasEdge() && !broker.serves()) {
                broken = broker.name() + " did not recover";
            }
        }
        if (answered.size() != opened) {
            broken =
                    "%d of %d revocations were never answered"
                            .formatted(opened - answered.size(), opened);
        }
    }
}
