package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threat 10: requests that two servers might cut apart differently, and fields that are not the
/// agent's to send. The service sees one clean request or nothing.
class RequestFramingTest {
    private static final String KEY = "the-real-upstream-key";

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Upstream.start(Upstream::fine);
        here.register(
                "lab", Lab.OPENAPI, upstream.url(), here.credential("header", "X-Api-Key", KEY));
        here.register("bearer", Lab.OPENAPI, upstream.url(), here.credential("bearer", "", KEY));
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

    private static Wire.Reply post(String fields, String body) {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            return wire.ask(
                    "POST /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n%s"
                            .formatted(account.bearer(), fields, body));
        }
    }

    private static final String SMUGGLED = "GET /lab/smuggled HTTP/1.1\r\nHost: edge\r\n\r\n";

    private void nothingGotThrough(String what, Wire.Reply reply) {
        assertTrue(reply.status() == 0 || reply.status() >= 400, what + ": " + reply);
        assertEquals(List.of(), bodies, what);
    }

    @Test
    void requests_that_can_be_cut_apart_in_two_ways_are_refused() {
        for (String fields :
                List.of(
                        "Content-Length: 5\r\nContent-Length: 6\r\n",
                        "Content-Length: 5\r\nContent-Length: 0\r\n",
                        "Content-Length: 5, 6\r\n",
                        "Content-Length: +5\r\n",
                        "Content-Length: -5\r\n",
                        "Content-Length: 5 5\r\n",
                        "Content-Length: 0x5\r\n",
                        "Content-Length: \r\n",
                        "Content-Length : 5\r\n",
                        "Content-Length: 99999999999999999999\r\n",
                        "Transfer-Encoding: xchunked\r\n",
                        "Transfer-Encoding: identity\r\n",
                        "Transfer-Encoding: gzip, chunked\r\n",
                        "Transfer-Encoding: chunked, identity\r\n",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                        "Transfer-Encoding: \"chunked\"\r\n",
                        "Transfer-Encoding : chunked\r\n",
                        "Transfer-Encoding:\u000bchunked\r\n",
                        "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n")) {
            bodies.clear();
            nothingGotThrough(fields, post(fields, "0\r\n\r\n" + SMUGGLED));
        }
    }

    @Test
    void content_length_beside_chunked_is_refused_or_one_clean_request() {
        for (String fields :
                List.of(
                        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                        "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n",
                        "Transfer-Encoding: Chunked\r\nContent-Length: 60\r\n")) {
            bodies.clear();
            upstream.follow(this::keep);

            post(fields, "3\r\nabc\r\n0\r\n\r\n" + SMUGGLED);

            clean(List.of("abc"));
        }
    }

    /// At most one request, framed in one way, with one of these bodies.
    private void clean(List<String> permitted) {
        assertTrue(bodies.size() <= 1, bodies.toString());
        assertTrue(permitted.containsAll(bodies), bodies.toString());
        for (Upstream.Received seen : upstream.received()) {
            assertTrue(
                    seen.all("content-length").size() + seen.all("transfer-encoding").size() == 1,
                    seen.fields().toString());
            assertEquals("/x", seen.target());
        }
    }

    @Test
    void chunks_of_a_doubtful_size_end_the_call() {
        for (String chunk :
                List.of(
                        "+3\r\nabc\r\n0\r\n\r\n",
                        "-3\r\nabc\r\n0\r\n\r\n",
                        "0x3\r\nabc\r\n0\r\n\r\n",
                        "3 3\r\nabc\r\n0\r\n\r\n",
                        "\r\nabc\r\n0\r\n\r\n",
                        "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
                        "3\r\nabcdef\r\n0\r\n\r\n",
                        "3\nabc\n0\n\n",
                        "g\r\nabc\r\n0\r\n\r\n")) {
            bodies.clear();
            Wire.Reply reply = post("Transfer-Encoding: chunked\r\n", chunk);

            assertTrue(reply.status() == 0 || reply.status() >= 400, chunk + ": " + reply);
            assertEquals(List.of(), bodies, chunk);
        }
    }

    @Test
    void chunk_extensions_and_trailers_do_not_reach_the_service() {
        post(
                "Transfer-Encoding: chunked\r\n",
                "3;a=b\r\nabc\r\n0\r\nX-Api-Key: mine\r\nContent-Length: 7\r\n\r\n");

        assertTrue(bodies.isEmpty() || bodies.equals(List.of("abc")), bodies.toString());
        assertTrue(
                upstream.received().stream()
                        .allMatch(r -> r.all("x-api-key").equals(List.of(KEY))));
    }

    @Test
    void control_characters_in_the_head_are_refused() {
        for (String fields :
                List.of(
                        "X-A: a\rX-B: b\r\n",
                        "X-A: a\r\r\n",
                        "X-A: a\u0000b\r\n",
                        "X-A: a\u0001b\r\n",
                        "X-A: a\u007fb\r\n",
                        "X A: b\r\n",
                        "X-A : b\r\n",
                        " X-A: b\r\n",
                        "X-A\r\n",
                        ": b\r\n",
                        "X(A): b\r\n",
                        "X-A\u0000: b\r\n",
                        "X-\u00e4: b\r\n",
                        "X-A: a\nX-B: b\r\n")) {
            bodies.clear();
            nothingGotThrough(
                    fields.replace("\r", "<CR>").replace("\n", "<LF>"),
                    post(fields + "Content-Length: 0\r\n", ""));
        }
    }

    @Test
    void a_folded_field_is_refused_or_arrives_unfolded() {
        post("X-A: a\r\n X-Api-Key: mine\r\nContent-Length: 3\r\n", "abc");

        for (Upstream.Received seen : upstream.received()) {
            assertEquals(List.of(KEY), seen.all("x-api-key"));
            assertTrue(seen.fields().stream().noneMatch(f -> f.startsWith(" ")));
        }
    }

    @Test
    void a_request_line_that_is_none_is_refused() {
        for (String line :
                List.of(
                        "POST /lab/x",
                        "POST /lab/x HTTP/1.1 x",
                        "POST /lab/x HTTP/0.9",
                        "POST /lab/x HTTP/2.0",
                        "POST /lab/x HTTP/1.2",
                        "POST /lab/x HTTQ/1.1",
                        "POST /lab/x\u00a0HTTP/1.1")) {
            bodies.clear();
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                nothingGotThrough(
                        line,
                        wire.ask(
                                "%s\r\nHost: edge\r\nAuthorization: %s\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(line, account.bearer())));
            }
        }
    }

    @Test
    void a_request_line_with_spaces_to_spare_is_refused_or_one_clean_request() {
        for (String line :
                List.of(
                        "POST  /lab/x HTTP/1.1",
                        "POST /lab/x  HTTP/1.1",
                        "POST /lab/x HTTP/1.1 ",
                        " POST /lab/x HTTP/1.1",
                        "POST\t/lab/x HTTP/1.1")) {
            bodies.clear();
            upstream.follow(this::keep);
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                wire.ask(
                        "%s\r\nHost: edge\r\nAuthorization: %s\r\nContent-Length: 0\r\n\r\n"
                                .formatted(line, account.bearer()));
            }
            clean(List.of(""));
        }
    }

    @Test
    void what_the_agent_says_of_credentials_and_addresses_never_reaches_the_service() {
        var fields = new ArrayList<String>();
        for (String name :
                List.of(
                        "X-Api-Key",
                        "x-api-key",
                        "X_Api_Key",
                        "X-Api_Key",
                        "Cookie",
                        "Cookie2",
                        "Forwarded",
                        "X-Forwarded-For",
                        "X_Forwarded_For",
                        "X-Real-IP",
                        "X-Original-URL",
                        "X-Rewrite-Url",
                        "Client-Cert",
                        "Proxy-Authorization",
                        "Expect-CT",
                        "TE",
                        "Keep-Alive",
                        "Upgrade",
                        "HTTP2-Settings",
                        "Accept-Encoding")) {
            fields.add(name + ": of-the-agent");
        }

        Wire.Reply reply =
                post(String.join("\r\n", fields) + "\r\nX-Mine: mine\r\nContent-Length: 0\r\n", "");

        assertEquals(200, reply.status(), reply.body());
        Upstream.Received seen = upstream.last();
        assertEquals(List.of(KEY), seen.all("x-api-key"));
        assertEquals(List.of("mine"), seen.all("x-mine"));
        assertEquals(List.of("identity"), seen.all("accept-encoding"));
        assertEquals(List.of(), seen.all("authorization"));
        assertEquals(
                List.of("Expect-CT: of-the-agent"),
                seen.fields().stream().filter(f -> f.contains("of-the-agent")).toList());
        assertTrue(!seen.fields().toString().contains("eyJ"), "the agent's token leaked");
    }

    @Test
    void a_credential_of_another_kind_than_the_services_is_not_passed_on_either() {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            Wire.Reply reply =
                    wire.ask(
                            """
                            GET /bearer/x HTTP/1.1\r
                            Host: edge\r
                            X-Api-Key: mine\r
                            Api-Key: mine\r
                            X-Auth-Token: mine\r
                            Authorization: %s\r
                            \r
                            """
                                    .formatted(account.bearer()));
            assertEquals(200, reply.status(), reply.body());
        }
        assertEquals(List.of("Bearer " + KEY), upstream.last().all("authorization"));
        assertTrue(!upstream.last().fields().toString().contains("mine"), "passed on");
    }

    @Test
    void connection_cannot_name_fields_of_a_request_away() {
        for (String named :
                List.of(
                        "X-Api-Key",
                        "Host",
                        "Content-Length",
                        "close, X-Api-Key",
                        "Authorization",
                        "X-Mine")) {
            bodies.clear();

            Wire.Reply reply =
                    post(
                            "Connection: %s\r\nX-Mine: a\r\nContent-Length: 3\r\n".formatted(named),
                            "abc");

            assertEquals(400, reply.status(), reply.body());
            assertTrue(reply.body().contains("no field of a request"), reply.body());
            assertEquals(List.of(), bodies);
        }
    }

    @Test
    void two_authorization_fields_are_refused() {
        Wire.Reply reply = post("Authorization: Bearer x\r\nContent-Length: 0\r\n", "");

        assertEquals(400, reply.status());
        assertEquals(List.of(), bodies);
    }

    @Test
    void a_head_that_is_too_long_is_refused_with_a_problem_document() {
        Wire.Reply fields = post("X-A: " + "a".repeat(70_000) + "\r\n", "");
        Wire.Reply target;
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            target = wire.ask("GET /lab/%s HTTP/1.1\r\n\r\n".formatted("a".repeat(70_000)));
        }

        for (Wire.Reply reply : List.of(fields, target)) {
            assertTrue(List.of(0, 414, 431).contains(reply.status()), reply.toString());
            assertTrue(
                    reply.status() == 0
                            || reply.field("content-type").equals("application/problem+json"),
                    reply.toString());
        }
        assertEquals(List.of(), bodies);
    }

    @Test
    void a_malformed_request_is_answered_with_a_problem_document() {
        Wire.Reply reply = post("X A: b\r\nContent-Length: 0\r\n", "");

        assertEquals(400, reply.status());
        assertEquals("application/problem+json", reply.field("content-type"));
        assertTrue(reply.body().contains("\"detail\""), reply.body());
    }

    @Test
    void pipelined_requests_are_answered_one_after_the_other() {
        String one =
                "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                        .formatted(account.bearer());
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(one + SMUGGLED + one);

            assertEquals(200, wire.reply().status());
            assertEquals(401, wire.reply().status());
            assertEquals(200, wire.reply().status());
        }
        assertEquals(2, bodies.size());
    }
}
