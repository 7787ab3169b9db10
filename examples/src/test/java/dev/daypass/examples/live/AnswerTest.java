package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How answers are framed, and what happens when one side breaks off.
class AnswerTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.follow(this::keep);
    }

    private void keep(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        bodies.add(new String(Upstream.body(request, in), StandardCharsets.ISO_8859_1));
        Upstream.say(out, "200 OK", "fine");
    }

    private static Wire wire() {
        return Wire.to(here.port(), agent.tls());
    }

    private static String head(String method, String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "%s %s HTTP/1.1\r\nHost: edge\r\n%sAuthorization: %s\r\n\r\n"
                .formatted(method, path, more, account.bearer());
    }

    private static void says(String text) {
        upstream.follow((_, _, out) -> {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
    }

    private static void stillUsable(Wire wire) {
        upstream.follow(Upstream::fine);
        wire.send(head("GET", "/lab/next"));
        Wire.Reply next = wire.reply();
        assertEquals(200, next.status());
        assertEquals("fine", next.body());
    }

    @Test
    void an_answer_to_head_keeps_its_length_and_has_no_body() {
        try (Wire wire = wire()) {
            says("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
            wire.send(head("HEAD", "/lab/x"));
            Wire.Reply reply = wire.reply(false);
            assertEquals(200, reply.status());
            assertEquals("1234", reply.field("content-length"));
            stillUsable(wire);
        }
    }

    @Test
    void an_answer_to_head_without_a_length_is_given_none() {
        try (Wire wire = wire()) {
            says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.send(head("HEAD", "/lab/x"));
            Wire.Reply reply = wire.reply(false);
            assertEquals(200, reply.status());
            assertEquals("", reply.field("content-length"));
            stillUsable(wire);
        }
    }

    @Test
    void answers_that_have_no_body_are_framed_without_one() {
        for (String answer :
                List.of(
                        "HTTP/1.1 204 No Content\r\n\r\n",
                        "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n")) {
            try (Wire wire = wire()) {
                says(answer);
                wire.send(head("GET", "/lab/x"));
                Wire.Reply reply = wire.reply();
                assertTrue(answer.contains(" " + reply.status() + " "), reply.toString());
                assertEquals("", reply.field("transfer-encoding"), answer);
                assertEquals(
                        answer.contains("77") ? "77" : "", reply.field("content-length"), answer);
                stillUsable(wire);
            }
        }
    }

    @Test
    void an_answer_that_ends_with_its_connection_is_passed_on_whole() {
        upstream.follow((_, _, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\nuntil the end".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("the end");
        });
        try (Wire wire = wire()) {
            wire.send(head("GET", "/lab/x"));
            assertEquals("until the end", wire.reply().body());
            stillUsable(wire);
        }
    }

    @Test
    void half_an_answer_is_not_taken_for_a_whole_one() {
        upstream.follow((_, _, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("broken");
        });
        for (HttpClient.Version version : HttpClient.Version.values()) {
            if (version == HttpClient.Version.HTTP_1_1 || version == HttpClient.Version.HTTP_2) {
                try (HttpClient http = agent.http(version)) {
                    assertThrows(
                            IOException.class,
                            () ->
                                    http.send(
                                            agent.request("/lab/x", account).build(),
                                            BodyHandlers.ofString()));
                }
            }
        }
    }

    @Test
    void a_connection_stays_usable_after_a_refusal_with_an_unread_body() {
        String body = "b".repeat(300_000);
        for (String request :
                List.of(
                        head("POST", "/lab/x/y/z", "Content-Length: 300000") + body,
                        head("POST", "/nobody/x", "Content-Length: 300000") + body,
                        head("POST", "/lab/x/y", "Transfer-Encoding: chunked")
                                + "493e0\r\n"
                                + body
                                + "\r\n0\r\n\r\n")) {
            try (Wire wire = wire()) {
                wire.send(request);
                int status = wire.reply().status();
                assertTrue(status == 403 || status == 404, "" + status);
                stillUsable(wire);
            }
        }
    }

    @Test
    void an_agent_that_waits_for_100_continue_is_answered_either_way() {
        try (Wire wire = wire()) {
            wire.send(head("POST", "/lab/x/y", "Content-Length: 3", "Expect: 100-continue"));
            assertEquals(403, wire.reply().status());
            wire.send("abc"); // it had not waited for the final answer
            stillUsable(wire);
        }
        try (Wire wire = wire()) {
            upstream.follow(this::keep);
            wire.send(head("POST", "/lab/x", "Content-Length: 3", "Expect: 100-continue"));
            wire.send("abc");
            assertEquals(200, wire.reply().status());
            assertEquals(List.of("abc"), bodies);
            assertEquals(List.of(), upstream.last().all("expect"));
        }
    }

    @Test
    void a_call_over_http_2_arrives_as_a_plain_request() throws Exception {
        try (HttpClient http = agent.http(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> answer =
                    http.send(agent.request("/lab/x", account).build(), BodyHandlers.ofString());

            assertEquals(HttpClient.Version.HTTP_2, answer.version());
            assertEquals("fine", answer.body());
            Upstream.Received seen = upstream.last();
            assertEquals("GET /x HTTP/1.1", seen.line());
            assertEquals(List.of(), seen.all("transfer-encoding"));
            assertTrue(seen.names().stream().noneMatch(name -> name.isEmpty()), seen.toString());
            assertEquals(List.of(""), bodies);
        }
    }

    @Test
    void a_body_over_http_2_arrives_whole_with_or_without_a_length() throws Exception {
        try (HttpClient http = agent.http(HttpClient.Version.HTTP_2)) {
            for (var body :
                    List.of(
                            BodyPublishers.ofString("with a length"),
                            BodyPublishers.ofInputStream(() ->
                                    new ByteArrayInputStream(
                                            "without one".getBytes(StandardCharsets.US_ASCII))),
                            BodyPublishers.noBody())) {
                HttpResponse<String> answer =
                        http.send(
                                agent.request("/lab/x", account).POST(body).build(),
                                BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), answer.body());
            }
        }
        assertEquals(List.of("with a length", "without one", ""), bodies);
    }

    @Test
    void a_refusal_over_http_2_leaves_the_connection_usable() throws Exception {
        try (HttpClient http = agent.http(HttpClient.Version.HTTP_2)) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> refused =
                        http.send(
                                agent.request("/lab/x/y", account)
                                        .POST(BodyPublishers.ofString("b".repeat(100_000)))
                                        .build(),
                                BodyHandlers.ofString());
                assertEquals(403, refused.statusCode());
            }
            assertEquals(
                    200,
                    http.send(agent.request("/lab/x", account).build(), BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @Test
    void a_service_that_answers_before_it_has_read_everything_is_heard() {
        upstream.follow((_, _, out) -> {
            Upstream.say(out, "413 Too Large", "too large", "Connection: close");
            throw new IOException("closed");
        });
        try (Wire wire = wire()) {
            wire.send(head("POST", "/lab/x", "Content-Length: 5000000"));
            wire.send("b".repeat(10_000));
            Wire.Reply reply = wire.reply();
            assertTrue(List.of(413, 502).contains(reply.status()), reply.toString());
        }
    }

    @Test
    void a_service_that_breaks_off_before_it_answers_is_a_bad_gateway() {
        upstream.follow((_, _, _) -> {
            throw new IOException("broken");
        });
        try (Wire wire = wire()) {
            wire.send(head("POST", "/lab/x", "Content-Length: 3") + "abc");
            assertEquals(502, wire.reply().status());
            stillUsable(wire);
        }
    }

    @Test
    void an_answer_that_is_no_http_is_a_bad_gateway() {
        for (String garbage :
                List.of(
                        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
                        "HTTP/1.1 two hundred\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nX-A\u0000: b\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")) {
            says(garbage);
            try (Wire wire = wire()) {
                wire.send(head("GET", "/lab/x"));
                assertEquals(502, wire.reply().status(), garbage);
                stillUsable(wire);
            }
        }
    }

    private static Agent.Opened limited() {
        return agent.open(
                Json.object()
                        .put("task", Lab.ALL)
                        .put("budget", Json.object().put("calls", 2).build())
                        .build());
    }

    @Test
    void the_service_is_let_go_when_the_agent_goes_away_while_it_waits() {
        upstream.follow((_, in, _) -> in.read());
        Agent.Opened two = limited();
        int before = upstream.closed();
        try (Wire wire = wire()) {
            wire.send(head("GET", "/lab/left").replace(account.bearer(), two.bearer()));
            Await.until("under way", () -> upstream.received().size() == 1);
        }

        Await.until("let go", () -> upstream.closed() > before);
        Await.until("recorded", () -> Ledger.of(here).contains("the agent went away"));
        assertEquals("1", here.account(two.id()).text("calls_used").orElse(""));
    }

    @Test
    void an_upload_that_breaks_off_is_not_whole_at_the_service_and_costs_one_call() {
        Agent.Opened two = limited();
        int before = upstream.closed();
        try (Wire wire = wire()) {
            wire.send(
                    head("POST", "/lab/x", "Transfer-Encoding: chunked")
                                    .replace(account.bearer(), two.bearer())
                            + "3\r\nabc\r\n");
            Await.until("under way", () -> upstream.received().size() == 1);
        }

        Await.until("let go", () -> upstream.closed() > before);
        assertEquals(List.of(), bodies);
        assertEquals("1", here.account(two.id()).text("calls_used").orElse(""));
        assertEquals("active", here.state(two.id()));
        upstream.follow(this::keep);
        assertEquals(200, agent.call("GET", "/lab/x", two).status());
        Await.until("spent", () -> here.state(two.id()).equals("ended spent"));
    }

    @Test
    void a_call_that_changes_something_is_in_the_ledger_when_it_is_answered() {
        try (Wire wire = wire()) {
            wire.send(head("POST", "/lab/changed", "Content-Length: 3") + "abc");
            assertEquals(200, wire.reply().status());
        }
        assertTrue(Ledger.of(here).contains("POST /changed"));
        assertFalse(Ledger.of(here).contains("upstream-key"));
    }

    @Test
    void a_client_of_http_1_0_is_turned_away() {
        try (Wire wire = wire()) {
            Wire.Reply reply = wire.ask(head("GET", "/lab/x").replace("HTTP/1.1", "HTTP/1.0"));

            assertEquals(501, reply.status());
            assertEquals(List.of(), bodies);
        }
    }
}
