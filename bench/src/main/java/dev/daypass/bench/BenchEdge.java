package dev.daypass.bench;

import dev.daypass.cli.EdgeServer;
import dev.daypass.config.Config;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.time.Clock;

/// An edge as `daypass serve --roles edge` runs it, configured by the environment, as a child of
/// the benchmark.
public final class BenchEdge {
    private BenchEdge() {}

    public static void main(String[] arguments) throws IOException {
        try (var edge = EdgeServer.start(Config.load(null, System.getenv()), Clock.systemUTC())) {
            ChildMain.serve(
                    Json.object()
                            .put("agents", edge.ports().agents())
                            .put("health", edge.ports().health())
                            .build());
        }
    }
}
