package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One measured stretch, or the medians of several.
///
/// @param p50 median latency, ms
/// @param p99 99th percentile, ms
/// @param p999 99.9th percentile, ms
/// @param perSecond answers
/// @param cpuMicros processor time of the server for each answer, all its threads together, or not
///   a number; hardly changed by what else runs on the machine
record Sample(double p50, double p99, double p999, double perSecond, double cpuMicros) {
    /// Of each figure the median.
    static Sample median(List<Sample> rounds) {
        return new Sample(
                middle(rounds, Sample::p50),
                middle(rounds, Sample::p99),
                middle(rounds, Sample::p999),
                middle(rounds, Sample::perSecond),
                middle(rounds, Sample::cpuMicros));
    }

    private static double middle(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
        return Figures.median(rounds.stream().map(r -> figure.applyAsDouble(r)).toList());
    }

    Json.Obj toJson() {
        return Json.object()
                .put("p50_ms", Figures.of(p50))
                .put("p99_ms", Figures.of(p99))
                .put("p999_ms", Figures.of(p999))
                .put("per_s", Math.round(perSecond))
                .put("cpu_us", Double.isNaN(cpuMicros) ? null : Figures.of(cpuMicros))
                .build();
    }
}
