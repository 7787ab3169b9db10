package dev.daypass.examples.agents;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What became of an agent in one way.
///
/// @param way the way
/// @param secrets of the service in its process: 0 or 1
/// @param tokens of Daypass that were seen in its process
/// @param stolen what a thief can do with what was found
/// @param left what there is after the end
/// @param seconds of transactions in processes that had made one before; none where a process makes
///   only one
/// @param firstSeconds of transactions that were the first of their process
/// @param startSeconds of each process, before the agent could begin
record Finding(
        Way way,
        int secrets,
        int tokens,
        String stolen,
        String left,
        List<Double> seconds,
        List<Double> firstSeconds,
        List<Double> startSeconds) {
    Finding {
        seconds = List.copyOf(seconds);
        firstSeconds = List.copyOf(firstSeconds);
        startSeconds = List.copyOf(startSeconds);
    }

    Finding with(Trial.Timed timed) {
        return new Finding(
                way,
                secrets,
                tokens,
                stolen,
                left,
                more(seconds, timed.second().stream().map(Trial.Outcome::seconds).toList()),
                more(firstSeconds, List.of(timed.first().seconds())),
                more(startSeconds, List.of(timed.first().startSeconds())));
    }

    private static List<Double> more(List<Double> values, List<Double> news) {
        var all = new ArrayList<>(values);
        all.addAll(news);
        return all;
    }

    /// The middle one; not a number where there is none.
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// By how much the median is longer, in percent of the other.
    static double longer(List<Double> values, List<Double> others) {
        return 100 * (median(values) - median(others)) / median(others);
    }

    /// @param before what it is compared with
    Json.Obj toJson(Finding before) {
        var out =
                Json.object()
                        .put("secrets", secrets)
                        .put("tokens", tokens)
                        .put("stolen", stolen)
                        .put("left", left);
        figures(out, "transaction", seconds, before.seconds);
        figures(out, "first", firstSeconds, before.firstSeconds);
        return out.put("start_ms", Math.round(1000 * median(startSeconds))).build();
    }

    private static void figures(
            JsonObjectBuilder out, String name, List<Double> values, List<Double> others) {
        if (!values.isEmpty()) {
            double percent = longer(values, others);
            out.put(name + "_ms", Math.round(1000 * median(values)))
                    .put(
                            name + "_longer_percent",
                            new Json.Num(BigDecimal.valueOf(Math.round(100 * percent), 2)));
        }
    }
}
