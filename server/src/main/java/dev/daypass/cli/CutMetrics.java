package dev.daypass.cli;

import dev.daypass.edge.Edge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// How fast an edge closes what is open when it learns that an account has ended.
final class CutMetrics {
    private CutMetrics() {}

    static void of(Edge edge, MeterRegistry registry) {
        Timer cuts =
                Timer.builder("daypass.edge.cut")
                        .description(
                                "From when this edge knew that an account had ended until its open call was closed")
                        .publishPercentiles(0.5, 0.99)
                        .percentilePrecision(2)
                        .register(registry);
        edge.onCut(nanos -> cuts.record(nanos, TimeUnit.NANOSECONDS));
    }
}
