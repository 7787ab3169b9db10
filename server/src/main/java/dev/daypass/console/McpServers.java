package dev.daypass.console;

import dev.daypass.wire.Json;
import java.util.List;

/// The MCP servers that the configuration lets this process start.
@FunctionalInterface
public interface McpServers {
    /// What a server offers, as it says itself.
    ///
    /// @param name in the configuration
    /// @param client methods that the server may ask of its clients
    /// @throws dev.daypass.wire.WireException if there is none, or it does not answer
    Json.Obj offer(String name, List<String> client);
}
