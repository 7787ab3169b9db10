package dev.daypass.bench;

import dev.daypass.cli.EdgeServer;
import dev.daypass.config.Config;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;

/// Edges as `daypass serve --roles edge` runs each, configured by the environment, as a child of
/// the benchmark: one for each data directory that is named.
public final class BenchEdge {
    private BenchEdge() {}

    public static void main(String[] directories) throws IOException {
        var edges = new ArrayList<EdgeServer>();
        try {
            for (String data : directories) {
                var environment = new HashMap<>(System.getenv());
                environment.put("DAYPASS_DATA", data);
                edges.add(EdgeServer.start(Config.load(null, environment), Clock.systemUTC()));
            }
            ChildMain.serve(
                    Json.object()
                            .put("agents", edges.getFirst().ports().agents())
                            .put("health", edges.getFirst().ports().health())
                            .build());
        } finally {
            edges.forEach(EdgeServer::close);
        }
    }
}
