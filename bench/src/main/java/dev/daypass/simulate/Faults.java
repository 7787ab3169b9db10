package dev.daypass.simulate;

import java.util.List;

/// Everything that goes wrong besides the network: processes die, machines stand still, clocks
/// jump, links are cut. How much of each differs from run to run.
final class Faults {
    private static final int KINDS = 9;

    private final Schedule schedule;
    private final Network network;
    private final List<SimBroker> brokers;
    private final List<SimEdge> edges;
    private final long[] everyNanos = new long[KINDS];
    private long until;

    Faults(Schedule schedule, Network network, List<SimBroker> brokers, List<SimEdge> edges) {
        this.schedule = schedule;
        this.network = network;
        this.brokers = brokers;
        this.edges = edges;
    }

    void begin(long untilNanos) {
        until = untilNanos;
        for (int kind = 0; kind < KINDS; kind++) {
            // Some runs know nothing of some faults, so that the others are not hidden.
            everyNanos[kind] =
                    schedule.chance(0.3)
                            ? Long.MAX_VALUE
                            : (1 + schedule.random().nextInt(10)) * Schedule.SECOND;
            next(kind);
        }
    }

    private void next(int kind) {
        if (everyNanos[kind] == Long.MAX_VALUE) {
            return;
        }
        schedule.after(
                (long) (schedule.random().nextDouble() * 2 * everyNanos[kind]),
                () -> {
                    if (schedule.now() < until) {
                        happen(kind);
                        next(kind);
                    }
                });
    }

    private void happen(int kind) {
        SimEdge edge = edges.get(schedule.random().nextInt(edges.size()));
        SimBroker broker = brokers.get(schedule.random().nextInt(brokers.size()));
        switch (kind) {
            case 0 -> edge.die(schedule.soon(3 * Schedule.SECOND));
            case 1 -> broker.die(schedule.soon(4 * Schedule.SECOND));
            case 2 -> {
                long nanos = schedule.soon(10 * Schedule.SECOND);
                schedule.say(
                        "%s and %s are cut off from each other"
                                .formatted(edge.name(), broker.name()));
                network.cut(edge.name(), broker.name(), nanos);
            }
            case 5 ->
                    broker.process()
                            .sleep(schedule.soon(5 * Schedule.SECOND), schedule.chance(0.5));
            case 6 -> broker.loseStore(schedule.soon(5 * Schedule.SECOND));
            case 7 -> {
                SimBroker other = brokers.get(schedule.random().nextInt(brokers.size()));
                long nanos = schedule.soon(15 * Schedule.SECOND);
                schedule.say(
                        "%s and %s do not hear each other".formatted(broker.name(), other.name()));
                network.cut(broker.name(), other.name(), nanos);
            }
            case 3 -> edge.sleep(schedule.soon(5 * Schedule.SECOND), schedule.chance(0.5));
            case 4 -> {
                long nanos = schedule.soon(10 * Schedule.SECOND);
                schedule.say("%s is cut off from all".formatted(edge.name()));
                brokers.forEach(one -> network.cut(edge.name(), one.name(), nanos));
            }
            default -> {
                Clock clock = schedule.chance(0.7) ? edge.clock() : broker.process().clock();
                long hour = 3_600_000;
                long step = schedule.random().nextLong(-hour, hour);
                schedule.say("a wall clock jumps by %d ms".formatted(step));
                clock.stepWall(step);
            }
        }
    }
}
