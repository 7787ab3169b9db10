package dev.daypass.run;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.TreeSet;

/// What MCP clients are configured with, in the form that most of them read.
final class McpClients {
    private static final String TOOLS = "/mcp/tools/";

    private McpClients() {}

    /// The account's MCP servers, at the run's own URLs.
    ///
    /// @param account as it was told when it opened
    /// @param local the run's URL
    static Json.Obj configuration(Json account, String local) {
        var names = new TreeSet<String>();
        for (Json one : JsonFields.of(account).items("grant")) {
            JsonFields leaf = JsonFields.of(one);
            String path = leaf.stringOrNull("path");
            if (path != null && path.startsWith(TOOLS)) {
                names.add(leaf.string("service"));
            }
        }
        var servers = Json.object();
        for (String name : names) {
            servers.put(
                    name,
                    Json.object()
                            .put("type", "http")
                            .put("url", "%s/%s/mcp".formatted(local, name))
                            .build());
        }
        return Json.object().put("mcpServers", servers.build()).build();
    }
}
