package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From the start of the process to the ready server, on a data directory that has been started on
/// before.
final class StartBench implements Measurement {
    private static final int RUNS = 5;
    private static final int RUNS_ON_ONE_CORE = 3;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Path data = site.directory("start").resolve("data");
        Deployment.init(data);
        double first = once(site, data, site.cores().both());
        List<Double> both = times(site, data, site.cores().both(), RUNS);
        List<Double> one = times(site, data, site.cores().server(), RUNS_ON_ONE_CORE);
        result.put("start_ms", Math.round(Figures.median(both)))
                .put(
                        "start",
                        Json.object()
                                .put("first_ms", Math.round(first))
                                .put(
                                        "runs_ms",
                                        Json.array(
                                                both.stream()
                                                        .map(t -> Json.of(Math.round(t)))
                                                        .toList()))
                                .put("one_core_ms", Math.round(Figures.median(one)))
                                .build());
    }

    private static List<Double> times(Site site, Path data, List<String> before, int runs) {
        var out = new ArrayList<Double>();
        for (int i = 0; i < runs; i++) {
            out.add(once(site, data, before));
        }
        return out;
    }

    private static double once(Site site, Path data, List<String> before) {
        var needs = new Deployment.Needs(data, before, site.options().jvm());
        try (Child server = Deployment.serve(needs)) {
            return server.readyMillis();
        }
    }
}
