package dev.daypass.examples;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A figure and a table that are computed when a paper is set. The figure draws the second column
/// over the first.
///
/// @param caption what they show
/// @param columns names, at most 16 characters
/// @param rows one number for each column
record Exhibit(String caption, List<String> columns, List<List<Double>> rows) {
    /// @throws IllegalArgumentException if there is none of that name
    static Exhibit named(String name) {
        return switch (name) {
            case "exposure" -> exposure();
            case "birthday" -> birthday();
            case "waiting" -> waiting();
            case "group-commit" -> groupCommit();
            case "proof" -> proof();
            case "distances" -> distances();
            default -> throw new IllegalArgumentException("no exhibit `%s`".formatted(name));
        };
    }

    private static List<List<Double>> rows(int count, IntFunction<List<Double>> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    private static Exhibit exposure() {
        return new Exhibit(
                "Chance that a leaked key is used before it ends",
                List.of("lifetime min", "1 leak/day", "1 leak/week", "1 leak/month"),
                rows(
                        320,
                        i -> {
                            double minutes = 5.0 * (i + 1);
                            return List.of(
                                    minutes, used(minutes, 1), used(minutes, 7), used(minutes, 30));
                        }));
    }

    private static Exhibit birthday() {
        return new Exhibit(
                "Chance of any collision among n random identifiers",
                List.of("log2 n", "64 bits", "96 bits", "128 bits"),
                rows(
                        336,
                        i -> {
                            double log = (i + 1) * 0.2;
                            return List.of(
                                    log,
                                    collision(log, 64),
                                    collision(log, 96),
                                    collision(log, 128));
                        }));
    }

    private static Exhibit waiting() {
        return new Exhibit(
                "Minutes an approval waits, one approver at 30 decisions an hour",
                List.of("requests/h", "mean wait", "95 percent", "busy share"),
                rows(
                        295,
                        i -> {
                            double arrivals = 0.1 * (i + 1);
                            double spare = 30 - arrivals;
                            double busy = arrivals / 30;
                            return List.of(
                                    arrivals, 60 * busy / spare, quantile(busy, spare), busy);
                        }));
    }

    private static Exhibit groupCommit() {
        return new Exhibit(
                "Commits per second when one flush serves a batch",
                List.of("batch", "1 ms flush", "4 ms flush", "10 ms flush"),
                rows(
                        320,
                        i -> {
                            double batch = i + 1.0;
                            return List.of(
                                    batch,
                                    commits(batch, 1),
                                    commits(batch, 4),
                                    commits(batch, 10));
                        }));
    }

    private static Exhibit proof() {
        return new Exhibit(
                "Bytes of an inclusion proof over n leaves of a Merkle tree",
                List.of("log10 n", "32-byte hash", "64-byte hash", "share of log"),
                rows(
                        300,
                        i -> {
                            double log = 0.04 * (i + 1);
                            double depth =
                                    StrictMath.ceil(log * StrictMath.log(10) / StrictMath.log(2));
                            double logBytes = StrictMath.pow(10, log) * 200;
                            return List.of(log, depth * 32, depth * 64, depth * 32 / logBytes);
                        }));
    }

    private static Exhibit distances() {
        List<Double> all =
                Arrays.stream(City.values())
                        .flatMap(from ->
                                Arrays.stream(City.values())
                                        .filter(to -> to != from)
                                        .map(from::kilometresTo))
                        .toList();
        List<Double> speeds = List.of(780.0, 820.0, 864.0, 900.0);
        return new Exhibit(
                "Great-circle distance and journey time between eight cities",
                List.of("pair", "km", "km/h", "hours"),
                rows(
                        all.size() * speeds.size(),
                        i -> {
                            int pair = i / speeds.size();
                            double speed = speeds.get(i % speeds.size());
                            double km = all.get(pair);
                            return List.of(pair + 1.0, km, speed, km / speed + 0.5);
                        }));
    }

    // A leak is a Poisson event; the key is still good for half its lifetime on average.
    private static double used(double minutes, double daysBetweenLeaks) {
        return -StrictMath.expm1(-minutes / 2 / (daysBetweenLeaks * 24 * 60));
    }

    private static double collision(double logOfCount, int bits) {
        return -StrictMath.expm1(-StrictMath.pow(2, 2 * logOfCount - bits - 1));
    }

    // M/M/1: the wait exceeds t with probability busy * exp(-rate * t).
    private static double quantile(double busy, double rate) {
        return busy <= 0.05 ? 0 : 60 * StrictMath.log(busy / 0.05) / rate;
    }

    private static double commits(double batch, double flushMs) {
        double workMs = 0.02;
        return 1000 * batch / (flushMs + workMs * batch);
    }
}
