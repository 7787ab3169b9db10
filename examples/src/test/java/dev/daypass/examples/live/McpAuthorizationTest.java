package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How an MCP client finds out whom to ask for a token, and what its calls cost (revision
/// 2025-11-25, Authorization).
class McpAuthorizationTest {
    private static Installation here;
    private static McpDouble server;
    private static Agent agent;

    @BeforeAll
    static void start() {
        here = Installation.start();
        server = McpDouble.offering(McpDouble.tool("read_note", "Reads a note"));
        here.registerMcp("notes", server.offer(), server.url());
        agent = here.agent("reader");
    }

    @AfterAll
    static void stop() {
        here.close();
        server.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return agent.http(HttpClient.Version.HTTP_1_1)
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(here.issuer().resolve(path));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f ->
                        f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Test
    void a_call_without_a_token_leads_to_the_metadata_of_the_very_address() {
        HttpResponse<String> refused =
                send(
                        at("/notes/mcp")
                                .header("content-type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                McpSpeaker.initialize("2025-11-25"))));
        String challenge = refused.headers().firstValue("www-authenticate").orElse("");

        assertEquals(401, refused.statusCode());
        String metadata = challenge.replaceAll(".*resource_metadata=\"([^\"]*)\".*", "$1");
        JsonFields resource =
                JsonFields.of(
                        Json.parse(send(HttpRequest.newBuilder(URI.create(metadata))).body()));
        assertEquals(here.issuer() + "/notes/mcp", resource.string("resource"));
        assertEquals(List.of(here.issuer().toString()), resource.strings("authorization_servers"));
        assertEquals(200, send(at("/.well-known/oauth-authorization-server")).statusCode());
        assertEquals(404, send(at("/.well-known/oauth-protected-resource/other/mcp")).statusCode());
    }

    @Test
    void the_address_is_a_resource_at_the_token_endpoint_and_its_token_calls() {
        HttpResponse<String> answer =
                send(
                        at("/oauth2/token")
                                .header("content-type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                form(
                                                        Map.of(
                                                                "grant_type",
                                                                "client_credentials",
                                                                "client_id",
                                                                "reader",
                                                                "resource",
                                                                here.issuer() + "/notes/mcp",
                                                                "authorization_details",
                                                                "[{\"type\":\"agent_task\",\"task\":\"read notes\"}]")))));

        assertEquals(200, answer.statusCode(), answer.body());
        String token = JsonFields.of(Json.parse(answer.body())).string("access_token");
        HttpResponse<String> said =
                send(
                        at("/notes/mcp")
                                .header("authorization", "Bearer " + token)
                                .header("content-type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                McpSpeaker.initialize("2025-11-25"))));
        assertEquals(200, said.statusCode(), said.body());
    }

    @Test
    void only_calls_cost_and_a_refused_one_costs_nothing() {
        Agent.Opened account =
                agent.open(
                        Json.object()
                                .put("task", "read notes")
                                .put("ttl", "10m")
                                .put("budget", Json.object().put("calls", 1).build())
                                .build());
        var speaker = new McpSpeaker(agent, account, "notes");
        Map<String, String> session = speaker.begin("2025-11-25");
        String list = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
        speaker.post(list, session);
        speaker.post(list, session);
        speaker.post(McpSpeaker.call("no_such", "x"), session);

        McpSpeaker.Said first = speaker.post(McpSpeaker.call("read_note", "x"), session);
        McpSpeaker.Said second = speaker.post(McpSpeaker.call("read_note", "x"), session);

        assertTrue(first.body().contains("done"), first.body());
        assertTrue(second.status() == 403 || second.status() == 401, second.body());
        assertEquals(1, server.bodies().stream().filter(b -> b.contains("tools/call")).count());
    }
}
