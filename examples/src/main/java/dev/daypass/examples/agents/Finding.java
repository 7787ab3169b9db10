package dev.daypass.examples.agents;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.List;

/// What became of an agent in one way.
///
/// @param way the way
/// @param secrets of the service in its process: 0 or 1
/// @param tokens of Daypass that were seen in its process
/// @param stolen what a thief can do with what was found
/// @param left what there is after the end
/// @param seconds of each transaction, in order
/// @param startSeconds of each, before the agent could begin
record Finding(
        Way way,
        int secrets,
        int tokens,
        String stolen,
        String left,
        List<Double> seconds,
        List<Double> startSeconds) {
    Finding {
        seconds = List.copyOf(seconds);
        startSeconds = List.copyOf(startSeconds);
    }

    Finding with(Trial.Outcome outcome) {
        var more = new ArrayList<>(seconds);
        more.add(outcome.seconds());
        var starts = new ArrayList<>(startSeconds);
        starts.add(outcome.startSeconds());
        return new Finding(way, secrets, tokens, stolen, left, more, starts);
    }

    double median() {
        return median(seconds);
    }

    double medianStart() {
        return median(startSeconds);
    }

    /// By how much it takes longer, in percent of the other.
    double longerThan(Finding other) {
        return 100 * (median() - other.median()) / other.median();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    Json.Obj toJson() {
        return Json.object()
                .put("secrets", secrets)
                .put("tokens", tokens)
                .put("stolen", stolen)
                .put("left", left)
                .put("transaction_ms", Math.round(1000 * median()))
                .put("start_ms", Math.round(1000 * medianStart()))
                .build();
    }
}
