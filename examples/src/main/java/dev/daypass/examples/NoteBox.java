package dev.daypass.examples;

import dev.daypass.wire.Json;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// A sample MCP server on loopback: four tools over a few notes. It wants `Authorization: Bearer`.
/// Its notes are the same at every start.
public final class NoteBox implements AutoCloseable {
    private final SampleServer server;

    private NoteBox(SampleServer server) {
        this.server = server;
    }

    /// @param port 0 for any free one
    /// @param apiKey what callers must send after `Bearer `
    /// @throws java.io.UncheckedIOException if the port cannot be had
    /// @throws IllegalArgumentException if the key is empty
    public static NoteBox start(int port, String apiKey) {
        Credential credential = Credential.bearer(apiKey);
        var tools = new NoteTools();
        var server = new SampleServer("note box");
        server.listen(
                port,
                new Routes(
                        credential, List.of(Route.whole(HttpMethod.POST, "/mcp", tools::answer))));
        return new NoteBox(server);
    }

    public int port() {
        return server.port();
    }

    /// What it answers to `tools/list`: what an operator registers.
    public Json offer() {
        return Json.object().put("tools", NoteTools.list()).build();
    }

    /// Cuts what is open and ends its threads. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
    }
}
