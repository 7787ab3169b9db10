package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.util.List;

/// Many agents that are connected, made one call each and wait: what their connections cost, and
/// how long a call of another takes meanwhile.
final class IdleBench implements Measurement {
    private static final int CONNECTIONS = 10_000;
    private static final int CALLERS = 8;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Deployment deployment = site.deploy("idle");
        try (deployment) {
            List<Deployment.Opened> accounts = deployment.accounts(CallBench.TASK);
            Load.Traffic calls = CallBench.calls(accounts);
            double seconds = site.options().seconds();
            Sample before = site.load().run(deployment.target(), CALLERS, seconds, calls);
            Json.Obj without = deployment.memory();
            try (var _ =
                    site.load().hold(deployment.target(), CONNECTIONS, CallBench.call(accounts))) {
                Json.Obj with = deployment.memory();
                Sample meanwhile = site.load().run(deployment.target(), CALLERS, seconds, calls);
                result.put(
                        "idle",
                        Json.object()
                                .put("connections", CONNECTIONS)
                                .put("resident_mib", mebi(with, "resident"))
                                .put("heap_mib", mebi(with, "heap"))
                                .put("direct_mib", mebi(with, "direct"))
                                .put("resident_mib_without", mebi(without, "resident"))
                                .put(
                                        "kib_each",
                                        Figures.of(
                                                (Figures.number(with, "resident")
                                                                - Figures.number(
                                                                        without, "resident"))
                                                        / 1_024
                                                        / CONNECTIONS))
                                .put("call_before", before.toJson())
                                .put("call_meanwhile", meanwhile.toJson())
                                .build());
            }
        } catch (Exception e) {
            throw new IllegalStateException("idle connections: " + e.getMessage(), e);
        }
    }

    static Json mebi(Json.Obj memory, String name) {
        return Figures.of(Figures.number(memory, name) / (1 << 20));
    }
}
