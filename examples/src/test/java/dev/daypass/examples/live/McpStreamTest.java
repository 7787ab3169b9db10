package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The stream that a client of an MCP server follows.
class McpStreamTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT =
            "id: e1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n";

    @Test
    void a_stream_ends_on_the_servers_side_when_its_client_goes_and_goes_on_only_where_it_was()
            throws IOException, InterruptedException {
        try (Installation here = Installation.start();
                McpDouble server =
                        McpDouble.offering(McpDouble.tool("read_note", "Reads a note"))) {
            here.registerMcp("notes", server.offer(), server.url());
            Agent agent = here.agent("reader");
            Agent.Opened account = agent.open("read notes");
            var speaker = new McpSpeaker(agent, account, "notes");
            Map<String, String> session = speaker.begin("2025-11-25");
            server.follow((_, out) -> {
                String chunk = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n";
                out.write((HEAD + chunk).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            });
            int closed = server.closed();

            HttpClient http = agent.http(HttpClient.Version.HTTP_1_1);
            HttpRequest.Builder get = agent.request("/notes/mcp", account).GET();
            session.forEach(get::header);
            HttpResponse<InputStream> answer =
                    http.send(get.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertEquals("id: e1", lines.readLine());
                assertTrue(lines.readLine().contains("list_changed"));
            }
            http.shutdownNow();
            Await.until("the server's side ends", () -> server.closed() > closed);

            assertEquals(400, speaker.send("GET", with(session, "other")).status());
        }
    }

    private static Map<String, String> with(Map<String, String> session, String event) {
        var fields = new java.util.HashMap<>(session);
        fields.put("last-event-id", event);
        return fields;
    }
}
