package dev.daypass.simulate;

import java.util.HashSet;
import java.util.Set;

/// Loses, delays, doubles and reorders what is sent, and falls apart.
final class Network {
    private final Schedule schedule;
    private final Weather weather;
    private final Set<String> cut = new HashSet<>();
    private boolean calm;

    /// How bad it is, for one run.
    ///
    /// @param loss how likely a message is lost
    /// @param twice how likely it comes twice
    /// @param late how likely it comes very late
    /// @param lateNanos how late at most
    record Weather(double loss, double twice, double late, long lateNanos) {
        static Weather of(Schedule schedule) {
            return new Weather(
                    schedule.chance(0.3) ? 0 : schedule.random().nextDouble() * 0.3,
                    schedule.chance(0.3) ? 0 : schedule.random().nextDouble() * 0.3,
                    schedule.chance(0.3) ? 0 : schedule.random().nextDouble() * 0.2,
                    (1 + schedule.random().nextInt(60)) * Schedule.SECOND / 10);
        }
    }

    Network(Schedule schedule, Weather weather) {
        this.schedule = schedule;
        this.weather = weather;
    }

    void send(String from, String to, Runnable arrives) {
        if (!calm && schedule.chance(weather.loss())) {
            return;
        }
        deliver(from, to, arrives);
        if (!calm && schedule.chance(weather.twice())) {
            deliver(from, to, arrives);
        }
    }

    private void deliver(String from, String to, Runnable arrives) {
        long takes =
                !calm && schedule.chance(weather.late())
                        ? schedule.soon(weather.lateNanos())
                        : schedule.soon(5 * Schedule.MILLI);
        schedule.after(
                takes,
                () -> {
                    // What is under way when a link is cut is lost with it.
                    if (!cut.contains(link(from, to))) {
                        arrives.run();
                    }
                });
    }

    void cut(String one, String other, long nanos) {
        cut.add(link(one, other));
        schedule.after(nanos, () -> cut.remove(link(one, other)));
    }

    /// From now on everything arrives soon and once.
    void calm() {
        calm = true;
        cut.clear();
    }

    private static String link(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }
}
