package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Threat 20: a service that is not there is left alone for a while, and costs nothing meanwhile.
/// Fails where `CallingLine.reachable` lets every call go on, and where `Forwarding` does not tell
/// `Protection` of a connection.
class Row20BreakerTest {
    private static final int FAILURES = 3;

    /// Longer than a machine stands still between two calls.
    private static final int REST_SECONDS = 8;

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String metrics(Installation here) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:%d/metrics"
                                                            .formatted(
                                                                    here.server()
                                                                            .ports()
                                                                            .health())))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void a_service_that_is_not_there_is_left_alone_until_it_comes_back() throws Exception {
        int port = freePort();
        try (Installation here =
                        Installation.start(
                                Map.of(
                                        "LIMITS_BREAKER_FAILURES",
                                        Integer.toString(FAILURES),
                                        "LIMITS_BREAKER_REST",
                                        REST_SECONDS + "s"),
                                Clock.systemUTC());
                Upstream well = Lab.in(here, "well")) {
            Lab.register(here, "gone", "http://127.0.0.1:" + port);
            Agent agent = here.agent("agent");
            Agent.Opened account =
                    agent.open(
                            Json.object()
                                    .put("task", Lab.READ)
                                    .put("services", Json.strings(List.of("gone", "well")))
                                    .put("budget", Json.object().put("calls", 3).build())
                                    .build());
            for (int i = 0; i < FAILURES; i++) {
                Answer failed = agent.call("GET", "/gone/x", account);
                assertEquals(502, failed.status(), failed.bodyText());
            }

            Answer alone = agent.call("GET", "/gone/x", account);
            assertEquals(503, alone.status(), alone.bodyText());
            assertEquals("forward", alone.text("step").orElse(""));
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                Wire.Reply reply =
                        wire.ask(
                                "GET /gone/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                                        .formatted(account.bearer()));
                assertEquals(503, reply.status());
                assertTrue(
                        Integer.parseInt(reply.field("retry-after")) <= REST_SECONDS,
                        reply.toString());
            }
            assertTrue(metrics(here).contains("daypass_services_left_alone 1"));
            assertEquals(200, agent.call("GET", "/well/x", account).status());

            try (Upstream back = Upstream.start(port, Upstream::fine)) {
                Await.until(
                        "it is tried again",
                        () -> agent.call("GET", "/gone/x", account).status() == 200);
                assertEquals(1, back.received().size());
                assertTrue(metrics(here).contains("daypass_services_left_alone 0"));
                // None of the refused calls was charged: this is the third.
                assertEquals(200, agent.call("GET", "/gone/x", account).status());
                Await.until("spent", () -> here.state(account.id()).equals("ended spent"));
                assertTrue(!well.received().isEmpty());
            }
        }
    }
}
