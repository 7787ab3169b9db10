package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an account sees of an answer, at the edge: never what its permission drops, also where the
/// service answers something else than it should.
class LimitedAnswersTest {
    private static final String CEILING =
            """
            allow:
              - service: lab
                operations: ["*"]
                traits: [read, write, delete, money, personal, secret, admin, outward, identity]
                answer: {drop: [/email, "/items/*/email", "/**/ssn"], items_max: 3}
            """;
    private static final String JSON = "Content-Type: application/json";
    private static final int PAGES = 52_000;
    private static final int LOOKS = 3;
    private static final String SECRET = "ana@x.example";

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("limited", CEILING);
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static Wire.Reply ask(String line, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "%s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n"
                            .formatted(line, account.bearer(), more));
            return wire.reply(!line.startsWith("HEAD"));
        }
    }

    private static void answers(String status, String body, String... fields) {
        upstream.follow((request, in, out) -> {
            Upstream.body(request, in);
            Upstream.say(out, status, body, fields);
        });
    }

    private static void passes(String expected, String body) {
        answers("200 OK", body, JSON);

        Wire.Reply reply = ask("GET /lab/x");

        assertEquals(200, reply.status(), reply.body());
        assertEquals(expected, reply.body());
    }

    private static void refused(String why, Wire.Reply reply) {
        assertEquals(502, reply.status(), reply.body());
        assertEquals("scrub", text(reply, "step"));
        assertTrue(text(reply, "detail").contains(why), reply.body());
        assertEquals("application/problem+json", reply.field("content-type"));
        assertFalse(reply.body().contains(SECRET), reply.body());
        assertEquals("", reply.field("x-of-the-service"));
    }

    private static String text(Wire.Reply reply, String member) {
        return Json.parse(reply.body()) instanceof Json.Obj(var members)
                        && members.get(member) instanceof Json.Str(var text)
                ? text
                : "";
    }

    @Test
    void what_is_dropped_does_not_go_out_and_lists_are_cut() {
        passes(
                "{\"id\":1.0,\"items\":[{\"id\":2},{\"x\":{}},3],\"last\":true}",
                """
                { "id": 1.0, "email": "ana@x.example",
                  "items": [ {"email": "ana@x.example", "id": 2}, {"x": {"ssn": "ana@x.example"}}, 3, 4 ],
                  "last": true }\
                """);
        passes("[]", "[]");
        passes("\"a\"", "\"a\"");
    }

    @Test
    void an_answer_of_another_status_is_limited_too() {
        for (String status : List.of("201 Created", "404 Not Found", "500 Oh No", "302 Found")) {
            answers(status, "{\"email\":\"" + SECRET + "\",\"a\":1}", JSON);

            Wire.Reply reply = ask("POST /lab/x", "Content-Length: 0");

            assertEquals(status.substring(0, 3), String.valueOf(reply.status()));
            assertEquals("{\"a\":1}", reply.body());
        }
        answers("404 Not Found", "<html>" + SECRET, "Content-Type: text/html");
        refused("answered 404 with what is not json", ask("GET /lab/x"));
        answers(
                "422 No",
                "{\"ssn\":1,\"a\":2}",
                "Content-Type: application/problem+json; charset=utf-8");
        assertEquals("{\"a\":2}", ask("GET /lab/x").body());
    }

    @Test
    void what_is_not_plain_json_never_goes_out() throws IOException {
        String body = "{\"email\":\"" + SECRET + "\"}";
        answers("200 OK", body);
        refused("answered 200 with what is not json", ask("GET /lab/x"));
        answers("200 OK", body, "Content-Type: text/plain");
        refused("not json", ask("GET /lab/x"));
        answers("200 OK", body, JSON, "Content-Type: text/plain");
        refused("not json", ask("GET /lab/x"));
        answers("200 OK", body, "Content-Type: application/json; charset=utf-16");
        refused("not json", ask("GET /lab/x"));
        answers("200 OK", "data: " + body, "Content-Type: text/event-stream");
        refused("not json", ask("GET /lab/x"));
        answers("200 OK", body + "\n" + body, "Content-Type: application/x-ndjson");
        refused("not json", ask("GET /lab/x"));
        answers("206 Partial Content", body, JSON, "Content-Range: bytes 0-30/31");
        refused("answered with a part", ask("GET /lab/x"));
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        answers(
                "200 OK",
                packed.toString(StandardCharsets.ISO_8859_1),
                JSON,
                "Content-Encoding: gzip");
        assertEquals(502, ask("GET /lab/x").status());
    }

    @Test
    void json_that_can_be_read_in_two_ways_never_goes_out() {
        for (String body :
                List.of(
                        "{\"a\":1,\"email\":\"" + SECRET + "\",\"email\":\"" + SECRET + "\"}",
                        "{\"a\":\"" + SECRET + "\",\"a\":2}",
                        "{\"x\":\"" + SECRET + "\"",
                        "{\"x\":\"" + SECRET + "\"}{}",
                        "{\"x\":\"" + SECRET + "\",}",
                        "cb({\"x\":\"" + SECRET + "\"})")) {
            answers("200 OK", body, JSON, "X-Of-The-Service: " + SECRET);

            refused("the answer", ask("GET /lab/x"));
        }
        answers("200 OK", "{\"x\":1,\"x\":2}", JSON);
        Wire.Reply changed = ask("POST /lab/x", "Content-Length: 0");
        refused("stands twice", changed);
        assertTrue(text(changed, "next").contains("do not repeat the call"), changed.body());
        // The connection and the next call are none the worse.
        passes("{\"a\":1}", "{\"a\":1}");
    }

    @Test
    void what_tells_something_of_the_whole_does_not_go_out_and_parts_are_not_asked_for() {
        answers(
                "200 OK",
                "{\"email\":1}",
                JSON,
                "ETag: \"9f86d081\"",
                "Content-MD5: x",
                "Repr-Digest: sha-256=:x:",
                "Accept-Ranges: bytes");
        Wire.Reply reply =
                ask(
                        "GET /lab/x",
                        "Range: bytes=0-5",
                        "If-Range: \"9f86d081\"",
                        "If-None-Match: \"9f86d081\"");

        assertEquals("{}", reply.body());
        for (String name : List.of("etag", "content-md5", "repr-digest", "accept-ranges")) {
            assertEquals("", reply.field(name), name);
        }
        for (String name : List.of("range", "if-range", "if-none-match")) {
            assertEquals(List.of(), upstream.last().all(name), name);
        }
    }

    @Test
    void an_answer_without_a_body_passes_without_a_length() {
        answers("204 No Content", "");
        assertEquals(204, ask("GET /lab/x").status());
        answers("200 OK", "");
        Wire.Reply empty = ask("GET /lab/x");
        assertEquals(200, empty.status(), empty.body());
        assertEquals("", empty.body());
        upstream.follow((request, in, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 77\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        });
        Wire.Reply head = ask("HEAD /lab/x");
        assertEquals(200, head.status());
        assertEquals("", head.field("content-length"));
    }

    @Test
    void a_websocket_is_not_opened_for_what_is_said_on_it_cannot_be_limited() {
        answers("200 OK", "{}", JSON);
        Wire.Reply reply =
                ask(
                        "GET /lab/x",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

        assertEquals(403, reply.status(), reply.body());
        assertTrue(text(reply, "detail").contains("cannot be limited"), reply.body());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void the_injected_secret_does_not_come_back_in_what_is_left() {
        passes(
                "{\"a\":\"%s\"}".formatted("*".repeat(Lab.KEY.length())),
                "{\"a\":\"\\u0075pstream-key\",\"email\":\"x\"}");
    }

    @Test
    void over_http_2_the_same_holds() throws Exception {
        try (HttpClient client = agent.http(HttpClient.Version.HTTP_2)) {
            answers("200 OK", "{\"email\":\"" + SECRET + "\",\"a\":1}", JSON);
            HttpResponse<String> answer =
                    client.send(
                            agent.request("/lab/x", account).GET().build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, answer.version());
            assertEquals("{\"a\":1}", answer.body());

            answers("200 OK", "{\"a\":1,\"a\":2}", JSON);
            assertEquals(
                    502,
                    client.send(
                                    agent.request("/lab/x", account).GET().build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @Test
    void an_answer_of_200_mb_streams_through_in_little_memory() throws IOException {
        long before = held();
        int looked = 0;
        upstream.follow((request, in, out) -> pages(out, PAGES, ""));
        long most = 0;
        long bytes = 0;
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
            assertEquals("HTTP/1.1 200 OK", Wire.line(wire.in()));
            while (!Wire.line(wire.in()).isEmpty()) {
                // the rest of the head
            }
            for (int size = size(wire); size > 0; size = size(wire)) {
                byte[] part = wire.in().readNBytes(size);
                assertFalse(new String(part, StandardCharsets.UTF_8).contains(SECRET));
                Wire.line(wire.in());
                bytes += size;
                if (bytes > 50_000_000L * (looked + 1)) {
                    looked++;
                    most = Math.max(most, held());
                }
            }
        }
        long dropped = PAGES * (long) "\"email\":\"%s\",".formatted(SECRET).length();
        assertEquals(length(PAGES) - dropped, bytes);
        assertTrue(bytes > 200_000_000, () -> "only a test if it is long");
        assertEquals(4, looked);
        long more = most - before;
        assertTrue(more < 32L * 1024 * 1024, () -> "held in mid-answer: " + more);
    }

    private static String page(int number) {
        return "\"%d\":{\"email\":\"%s\",\"text\":\"%s\"}"
                .formatted(number, SECRET, "x".repeat(4_000));
    }

    private static long length(int count) {
        long out = "{\"items\":{}}".length() + count - 1L;
        for (int i = 0; i < count; i++) {
            out += page(i).length();
        }
        return out;
    }

    // What lives on the heap, in this process that runs agent, edge and service. The least of some
    // looks: what the others made since the collection is not held.
    private static long held() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static int size(Wire wire) throws IOException {
        return Integer.parseInt(Wire.line(wire.in()), 16);
    }

    @Test
    void an_answer_that_turns_out_wrong_after_its_beginning_is_broken_off() throws IOException {
        upstream.follow((request, in, out) -> pages(out, 200, ",\"0\":1"));

        String text;
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
            text = new String(toTheEnd(wire.in()), StandardCharsets.ISO_8859_1);
        }

        assertTrue(text.startsWith("HTTP/1.1 200"), text);
        assertFalse(text.endsWith("0\r\n\r\n"), "the end says that it is whole");
        assertFalse(text.contains(SECRET));
    }

    private static byte[] toTheEnd(InputStream in) {
        var out = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        } catch (IOException _) {
            return out.toByteArray(); // closed hard
        }
        return out.toByteArray();
    }

    // {"items":{"0":{…},…}}
    private static void pages(OutputStream out, int count, String atTheEnd) throws IOException {
        out.write(
                ("HTTP/1.1 200 OK\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        chunk(out, "{\"items\":{");
        for (int i = 0; i < count; i++) {
            chunk(out, (i == 0 ? "" : ",") + page(i));
        }
        chunk(out, atTheEnd + "}}");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write(
                "%x\r\n%s\r\n"
                        .formatted(text.length(), text)
                        .getBytes(StandardCharsets.ISO_8859_1));
    }
}
