package dev.daypass.cli;

import dev.daypass.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// A server on free ports of loopback, for edges to join.
///
/// @param server it
/// @param uri where edges find it
/// @param operator who registers edges there
record LiveBroker(Server server, URI uri, OperatorClient operator) {
    /// @param data where it keeps its things
    /// @param more of its configuration
    static LiveBroker start(Path data, Map<String, String> more) {
        var files = new DataDirectory(data);
        files.init("daypass.test", Instant.now());
        var variables =
                new HashMap<>(
                        Map.of(
                                "DAYPASS_DATA", data.toString(),
                                "DAYPASS_AGENTS_PORT", "0",
                                "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                "DAYPASS_CONSOLE_PORT", "0",
                                "DAYPASS_HEALTH_PORT", "0",
                                "DAYPASS_TRUST_DOMAIN", "daypass.test"));
        variables.putAll(more);
        Server server = Server.start(Config.load(null, variables), InstantSource.system());
        URI console = URI.create("http://127.0.0.1:" + server.ports().console());
        return new LiveBroker(
                server,
                URI.create("https://localhost:" + server.ports().agents()),
                new OperatorClient(console, files.operatorToken()));
    }
}
