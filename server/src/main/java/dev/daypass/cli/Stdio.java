package dev.daypass.cli;

import dev.daypass.catalog.McpDiscovery;
import dev.daypass.config.Config;
import dev.daypass.console.McpServers;
import dev.daypass.stdio.StdioBridge;
import dev.daypass.stdio.StdioServers;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MCP servers that this process starts itself.
///
/// @param servers their processes
/// @param bridge the edge's way to them; `null` where none are configured
record Stdio(StdioServers servers, @Nullable StdioBridge bridge)
        implements McpServers, AutoCloseable {
    /// @throws StartFailure if there is no port for the bridge
    static Stdio of(Config config) {
        var servers = new StdioServers(config.mcpServers());
        try {
            boolean needed = !config.mcpServers().isEmpty();
            return new Stdio(servers, needed ? StdioBridge.start(servers) : null);
        } catch (IOException e) {
            throw new StartFailure("no free port on loopback: " + e.getMessage());
        }
    }

    @Override
    public Json.Obj offer(String name, List<String> client) {
        if (!servers.has(name)) {
            throw new WireException(
                    "the configuration has no `mcp_servers` of the name `%s`".formatted(name));
        }
        try (StdioServers.Talk talk = servers.talk(name)) {
            return McpDiscovery.over(
                    message -> {
                        try {
                            return talk.ask(message);
                        } catch (IOException e) {
                            throw new WireException(String.valueOf(e.getMessage()));
                        }
                    },
                    client);
        } catch (IOException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        StdioBridge serving = bridge;
        if (serving != null) {
            serving.close();
        }
        servers.close();
    }
}
