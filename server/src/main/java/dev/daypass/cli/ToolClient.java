package dev.daypass.cli;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/// An agent's side of an MCP server behind the edge (revision 2025-11-25, streamable HTTP): one
/// session with a server that answers with JSON.
public final class ToolClient {
    private static final String VERSION = "2025-11-25";
    private static final String SESSION = "mcp-session-id";

    private final Http http;
    private final String path;
    private final Map<String, String> fields = new HashMap<>();
    private int sent;

    ToolClient(Http http, String service, Secret token) {
        this.http = http;
        this.path = "/" + service + "/mcp";
        fields.put("authorization", "Bearer " + token.reveal());
        fields.put("accept", "application/json, text/event-stream");
        HttpResponse<byte[]> greeted =
                http.exchange("POST", path, request("initialize", greeting()), fields);
        greeted.headers().firstValue(SESSION).ifPresent(id -> fields.put(SESSION, id));
        fields.put("mcp-protocol-version", VERSION);
        http.send("POST", path, message("notifications/initialized").build(), fields);
    }

    private static Json greeting() {
        return Json.object()
                .put("protocolVersion", VERSION)
                .put("capabilities", Json.object().build())
                .put("clientInfo", Json.object().put("name", "daypass").put("version", "1").build())
                .build();
    }

    /// The tools that the account may call.
    public Answer list() {
        return http.send("POST", path, request("tools/list", Json.object().build()), fields);
    }

    public Answer call(String tool, Json arguments) {
        Json call = Json.object().put("name", tool).put("arguments", arguments).build();
        return http.send("POST", path, request("tools/call", call), fields);
    }

    private Json request(String method, Json params) {
        return message(method).put("id", ++sent).put("params", params).build();
    }

    private static JsonObjectBuilder message(String method) {
        return Json.object().put("jsonrpc", "2.0").put("method", method);
    }
}
