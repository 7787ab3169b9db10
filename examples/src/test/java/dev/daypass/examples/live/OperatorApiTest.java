package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 19, for the operator API: nothing without an operator's token.
class OperatorApiTest {
    private static Installation here;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        here = Installation.start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        here.close();
    }

    private static HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + here.server().ports().console()
                                                + path))
                        .method(method, BodyPublishers.ofString("{\"all\":true}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String token() {
        return new DataDirectory(here.data()).operatorToken().reveal();
    }

    @Test
    void a_document_of_a_stranger_is_refused_before_it_is_read() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), here.server().ports().console())) {
            String head =
                    "PUT /v1/services/lab HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            assertTrue(answer.contains("not-an-operator"), answer);
        }
    }

    @Test
    void every_action_wants_an_operators_token() throws Exception {
        Upstream upstream = Upstream.start(Upstream::fine);
        Lab.register(here, "lab", upstream.url());
        Agent agent = here.agent("agent");
        Agent.Opened account = agent.open(Json.object().put("task", Lab.READ).build());
        String id = "/v1/accounts/" + account.id();
        for (String action :
                List.of(
                        "GET /v1/agents",
                        "POST /v1/agents",
                        "DELETE /v1/agents/agent",
                        "GET /v1/services",
                        "PUT /v1/services/lab",
                        "DELETE /v1/services/lab",
                        "GET /v1/rules",
                        "PUT /v1/rules",
                        "GET /v1/accounts",
                        "GET " + id,
                        "DELETE " + id,
                        "POST " + id + "/approve",
                        "POST " + id + "/deny",
                        "POST /v1/revoke",
                        "POST /v1/explain",
                        "POST /v1/command",
                        "GET /v1/usage",
                        "GET /v1/ledger/facts",
                        "POST /v1/ledger/shred",
                        "GET /v1/ledger/accounts/x/report",
                        "GET /v1/ledger/key",
                        "GET /v1/ledger/checkpoint",
                        "GET /v1/ledger/consistency?from=1",
                        "GET /v1/ledger/range",
                        "GET /v1/ledger/facts/1/proof",
                        "GET /v1/ledger/tile/0/000.p/1",
                        "GET /v1/ledger/tile/entries/000.p/1",
                        "GET /v1/ledger/verify")) {
            String[] parts = action.split(" ", 2);
            for (String[] headers :
                    List.of(
                            new String[0],
                            new String[] {"authorization", "Bearer wrong"},
                            new String[] {"authorization", "Bearer "},
                            new String[] {"authorization", token()},
                            new String[] {"authorization", "Basic " + token()},
                            new String[] {"authorization", "Bearer " + token() + "x"},
                            new String[] {"authorization", "Bearer " + token().substring(0, 20)},
                            new String[] {"authorization", account.bearer()},
                            new String[] {"cookie", "token=" + token()})) {
                HttpResponse<String> answer = send(parts[0], parts[1], headers);
                assertEquals(401, answer.statusCode(), action + " " + List.of(headers));
                assertTrue(answer.headers().firstValue("www-authenticate").isPresent(), action);
                assertTrue(answer.body().contains("\"next\":"), answer.body());
            }
        }
        assertEquals(200, agent.call("GET", "/lab/x", account).status());
        assertEquals(
                200, send("GET", "/v1/agents", "authorization", "Bearer " + token()).statusCode());
        upstream.close();
    }

    @Test
    void an_operator_whom_the_rule_does_not_name_cannot_approve() throws Exception {
        here.register(
                "guarded",
                Lab.OPENAPI,
                "http://127.0.0.1:9",
                here.credential("bearer", "", "a-key"));
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true', by: security}\n");
        Agent asking = here.agent("asking");
        String id =
                asking.client()
                        .open(Json.object().put("task", Lab.READ).build())
                        .text("id")
                        .orElseThrow();
        here.rules("rules: []\n");
        String[] known = {"authorization", "Bearer " + token()};

        HttpResponse<String> refused = send("POST", "/v1/accounts/" + id + "/approve", known);

        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("rule `ask` asks for `security`"), refused.body());
        assertEquals("awaiting_approval", here.state(id));
        assertEquals(200, send("POST", "/v1/accounts/" + id + "/deny", known).statusCode());
        assertTrue(Ledger.of(here).contains("\"by\":\"operator:operator\""));
    }

    @Test
    void default_tasks_that_are_no_map_are_refused() {
        for (String tasks : List.of("[]", "\"x\"", "7", "true", "{\"lab\":7}")) {
            Answer refused =
                    here.operator()
                            .send(
                                    "POST",
                                    "/v1/agents",
                                    Json.object()
                                            .put("name", "tasked")
                                            .put("default_tasks", Json.parse(tasks))
                                            .build());
            assertEquals(400, refused.status(), tasks);
            assertEquals("admit", refused.text("step").orElse(""), refused.bodyText());
            assertTrue(refused.text("next").isPresent(), refused.bodyText());
        }
    }

    @Test
    void a_token_in_the_query_is_none() throws Exception {
        assertEquals(401, send("GET", "/v1/agents?access_token=" + token()).statusCode());
    }

    @Test
    void the_agents_port_has_no_operator_api() {
        Agent agent = here.agent("curious");
        for (String path : List.of("/v1/agents", "/v1/services", "/v1/ledger/facts", "/v1/rules")) {
            assertEquals(404, agent.send("GET", path).status(), path);
        }
    }

    @Test
    void the_health_port_tells_nothing_of_anybody() throws Exception {
        here.agent("hidden");
        for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + here.server().ports().health()
                                                            + path))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            assertTrue(!answer.body().contains("hidden"), path);
        }
    }
}
