package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/// Calls at a steady rate for minutes. A latency counts from when its call was due, so that a pause
/// is paid by all that it kept waiting. Memory is asked for after each minute: what leaks is seen
/// to grow.
final class SteadyBench implements Measurement {
    private static final int CONNECTIONS = 32;
    private static final int PER_SECOND = 2_000;
    private static final int MINUTE_SECONDS = 60;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Deployment deployment = site.deployment();
        Load.Traffic calls = CallBench.calls(deployment.accounts(CallBench.TASK));
        site.load().warm(deployment.server(), deployment.target(), List.of(CONNECTIONS), calls);
        var minutes = new ArrayList<Json>();
        var samples = new ArrayList<Sample>();
        for (int minute = 0; minute < site.options().minutes(); minute++) {
            Sample sample =
                    site.load()
                            .paced(
                                    deployment.target(),
                                    CONNECTIONS,
                                    MINUTE_SECONDS,
                                    calls,
                                    PER_SECOND);
            Json.Obj memory = deployment.memory();
            samples.add(sample);
            minutes.add(
                    Json.object()
                            .put("call", sample.toJson())
                            .put("heap_mib", IdleBench.mebi(memory, "heap"))
                            .put("direct_mib", IdleBench.mebi(memory, "direct"))
                            .put("resident_mib", IdleBench.mebi(memory, "resident"))
                            .build());
        }
        result.put(
                "steady",
                Json.object()
                        .put("per_s", PER_SECOND)
                        .put("call", Sample.median(samples).toJson())
                        .put(
                                "worst_minute_p999_ms",
                                Figures.of(
                                        samples.stream().mapToDouble(Sample::p999).max().orElse(0)))
                        .put("minutes", Json.array(minutes))
                        .build());
    }
}
