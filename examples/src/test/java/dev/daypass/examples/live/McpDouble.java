package dev.daypass.examples.live;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// An MCP server that a test writes itself: it greets, lists what it was given, and answers calls
/// by a script. It keeps every body that it got.
final class McpDouble implements AutoCloseable {
    static final String SESSION = "upstream-session-1";

    private final Upstream upstream;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Json.Arr tools;
    private volatile Call script = (id, out) -> json(out, result(id, "done"));

    /// Answers one `tools/call`, or whatever the double does not know.
    @FunctionalInterface
    interface Call {
        void answer(Json id, OutputStream out) throws IOException;
    }

    private McpDouble(Json.Arr tools) {
        this.tools = tools;
        this.upstream = Upstream.start(this::answer);
    }

    static McpDouble offering(Json... tools) {
        return new McpDouble(Json.array(List.of(tools)));
    }

    /// A tool of one argument, `text`.
    static Json.Obj tool(String name, String description) {
        return Json.object()
                .put("name", name)
                .put("description", description)
                .put(
                        "inputSchema",
                        Json.object()
                                .put("type", "object")
                                .put(
                                        "properties",
                                        Json.object()
                                                .put(
                                                        "text",
                                                        Json.object().put("type", "string").build())
                                                .build())
                                .build())
                .build();
    }

    Json.Obj offer() {
        return Json.object()
                .put("serverInfo", Json.object().put("name", "double").build())
                .put("tools", tools)
                .build();
    }

    String url() {
        return upstream.url() + "/mcp";
    }

    /// Lists other tools from now on.
    void offer(Json... others) {
        tools = Json.array(List.of(others));
    }

    void follow(Call another) {
        bodies.clear();
        script = another;
    }

    /// The bodies since the last script.
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /// How many connections have ended.
    int closed() {
        return upstream.closed();
    }

    Upstream.Received last() {
        return upstream.last();
    }

    private void answer(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        String body = new String(Upstream.body(request, in), StandardCharsets.UTF_8);
        bodies.add(body);
        if (body.isEmpty()) {
            script.answer(new Json.Null(), out);
            return;
        }
        Json message = Json.parse(body.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        Map<String, Json> members =
                message instanceof Json.Obj(var all) ? all : Map.of("method", Json.of("batch"));
        Json id = members.getOrDefault("id", new Json.Null());
        String method = members.get("method") instanceof Json.Str(var text) ? text : "";
        switch (method) {
            case "initialize" -> json(out, greeting(id, members), "Mcp-Session-Id: " + SESSION);
            case "tools/list" -> json(out, listing(id));
            case "tools/call", "batch" -> script.answer(id, out);
            default -> Upstream.say(out, "202 Accepted", "");
        }
    }

    private static Json greeting(Json id, Map<String, Json> members) {
        Json version =
                members.get("params") instanceof Json.Obj(var params)
                        ? params.get("protocolVersion")
                        : null;
        return result(
                id,
                Json.object()
                        .put("protocolVersion", version)
                        .put(
                                "capabilities",
                                Json.object().put("tools", Json.object().build()).build())
                        .put(
                                "serverInfo",
                                Json.object().put("name", "double").put("version", "1").build())
                        .build());
    }

    private Json listing(Json id) {
        return result(id, Json.object().put("tools", tools).build());
    }

    static Json result(Json id, Json result) {
        return Json.object().put("jsonrpc", "2.0").put("id", id).put("result", result).build();
    }

    static Json result(Json id, String text) {
        return result(
                id,
                Json.object()
                        .put(
                                "content",
                                Json.array(
                                        List.of(
                                                Json.object()
                                                        .put("type", "text")
                                                        .put("text", text)
                                                        .build())))
                        .build());
    }

    static void json(OutputStream out, Json answer, String... fields) throws IOException {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Content-Type: application/json";
        Upstream.say(out, "200 OK", answer.text(), all);
    }

    /// Events as they go over the wire, and nothing after them.
    static void events(OutputStream out, String events) throws IOException {
        Upstream.say(out, "200 OK", events, "Content-Type: text/event-stream");
    }

    @Override
    public void close() {
        upstream.close();
    }
}
