package dev.daypass.bench;

import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.time.Clock;

/// The server as `daypass serve` runs it, configured by the environment, as a child of the
/// benchmark.
public final class BenchServer {
    private BenchServer() {}

    public static void main(String[] arguments) throws IOException {
        try (var server = Server.start(Config.load(null, System.getenv()), Clock.systemUTC())) {
            ChildMain.serve(
                    Json.object()
                            .put("agents", server.ports().agents())
                            .put("console", server.ports().console())
                            .put("health", server.ports().health())
                            .build());
        }
    }
}
