package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bounds on members of a JSON body, at the edge: the service gets the very bytes that were judged,
/// or nothing.
class BodyBoundsTest extends WithBodies {
    private static final String CEILING =
            """
            allow:
              - service: lab
                operations: [createThing]
                traits: [read, write, delete, money, personal, secret, admin, outward, identity]
                constraints:
                  body.to: [ana@x.example, bo@x.example]
                  body.amount: {max: 500}
            """;
    private static final String GOOD = "{\"to\":\"ana@x.example\",\"amount\":499.5}";
    private static final String JSON = "Content-Type: application/json\r\n";

    private static Agent bound;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        bound = here.agent("bound", CEILING);
        account = bound.open(Lab.ALL);
    }

    private static byte[] request(String line, String fields, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                "%s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n"
                        .formatted(line, account.bearer(), fields)
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static Wire.Reply post(String fields, byte[] body) {
        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            return wire.ask(
                    request(
                            "POST /lab/x",
                            fields + "Content-Length: " + body.length + "\r\n",
                            body));
        }
    }

    private static Wire.Reply post(String body) {
        return post(JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int status, String why, Wire.Reply reply) {
        refused("permitted", status, why, reply);
    }

    private void refused(String step, int status, String why, Wire.Reply reply) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals(step, text(reply, "step"));
        assertTrue(text(reply, "detail").contains(why), reply.body());
        assertEquals(List.of(), bodies);
        assertEquals(List.of(), upstream.received());
    }

    private static String text(Wire.Reply reply, String member) {
        return Json.parse(reply.body()) instanceof Json.Obj(var members)
                        && members.get(member) instanceof Json.Str(var text)
                ? text
                : "";
    }

    @Test
    void a_body_within_its_bounds_reaches_the_service_byte_for_byte() {
        for (String body :
                List.of(
                        GOOD,
                        " {\n\t\"to\" : [ \"ana@x.example\" , \"bo@x.example\" ],\"amount\":\"0.10\"} \r\n",
                        "{\"x\":{\"to\":\"eve\",\"amount\":1e9},\"\\u0074o\":\"bo@x.example\",\"amount\":0,\"é\":\"\\u00e9\"}")) {
            forget();
            bodies.clear();

            Wire.Reply reply = post(body);

            assertEquals(200, reply.status(), reply.body());
            assertEquals(List.of(body), bodies);
            Upstream.Received seen = upstream.last();
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            assertEquals(List.of(String.valueOf(length)), seen.all("content-length"));
            assertEquals(List.of(), seen.all("transfer-encoding"));
            assertEquals(List.of("application/json"), seen.all("content-type"));
        }
    }

    @Test
    void a_body_outside_its_bounds_reaches_nobody() {
        refused(403, "`body.to` is outside", post(GOOD.replace("ana", "eve")));
        refused(403, "`body.to` must be given", post("{\"amount\":1}"));
        refused(
                403,
                "`body.to` must be given",
                post("{\"amount\":1,\"x\":{\"to\":\"ana@x.example\"}}"));
        refused(403, "`body.amount` is outside", post(GOOD.replace("499.5", "500.01")));
        refused(403, "`body.amount` is outside", post(GOOD.replace("499.5", "-1")));
        refused(403, "write it plainly", post(GOOD.replace("499.5", "1e3")));
        refused(403, "write it plainly", post(GOOD.replace("499.5", "1.0")));
        refused(403, "no name may stand twice", post(GOOD.replace("}", ",\"to\":\"eve\"}")));
        refused(
                403,
                "no name may stand twice",
                post(GOOD.replace("}", ",\"x\":{\"a\":1,\"a\":2}}")));
        refused(403, "could be taken for `body.to`", post(GOOD.replace("}", ",\"To\":\"eve\"}")));
        refused(403, "not an object", post("[" + GOOD + "]"));
        refused(403, "read in one way only", post(""));
    }

    @Test
    void a_refusal_repeats_nothing_of_a_body_that_cannot_be_read() {
        Wire.Reply reply = post("{\"to\":ana-secret}");

        refused(403, "read in one way only", reply);
        assertTrue(!reply.body().contains("ana-secret"), reply.body());
    }

    @Test
    void the_query_cannot_say_what_the_body_is_bound_in() {
        byte[] body = GOOD.getBytes(StandardCharsets.UTF_8);
        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            refused(
                    403,
                    "could be taken for `body.to`",
                    wire.ask(
                            request(
                                    "POST /lab/x?to=eve",
                                    JSON + "Content-Length: " + body.length + "\r\n",
                                    body)));
        }
    }

    @Test
    void what_is_not_plain_json_is_refused_with_what_to_send() {
        for (String type :
                List.of(
                        "",
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        "Content-Type: multipart/form-data; boundary=x\r\n",
                        "Content-Type: application/json; charset=utf-16\r\n",
                        JSON + "Content_Type: text/plain\r\n")) {
            Wire.Reply reply = post(type, GOOD.getBytes(StandardCharsets.UTF_8));

            refused(403, "not application/json", reply);
            assertTrue(text(reply, "next").contains("as application/json"), reply.body());
        }
        refused(
                "admit",
                400,
                "`content-type` is given twice",
                post(JSON + JSON, GOOD.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                200,
                post(
                                "Content-Type: application/json; charset=UTF-8\r\n",
                                GOOD.getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    @Test
    void a_compressed_body_is_refused() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }

        refused(
                403,
                "content-encoding",
                post(JSON + "Content-Encoding: gzip\r\n", packed.toByteArray()));
    }

    @Test
    void a_body_of_more_than_64_kib_is_refused_however_it_comes() {
        String large = GOOD.replace("}", ",\"x\":\"" + "a".repeat(100_000) + "\"}");
        refused(413, "longer than 65536 bytes", post(large));

        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            wire.send(request("POST /lab/x", JSON + "Transfer-Encoding: chunked\r\n", new byte[0]));
            wire.send("%x\r\n%s\r\n".formatted(large.length(), large)).send("0\r\n\r\n");
            refused(413, "longer than 65536 bytes", wire.reply());
        }
        String most = GOOD.replace("}", ",\"x\":\"" + "a".repeat(65_000) + "\"}");
        assertEquals(200, post(most).status());
        assertEquals(List.of(most), bodies);
    }

    @Test
    void a_body_in_chunks_is_judged_whole_and_sent_with_its_length() {
        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            wire.send(request("POST /lab/x", JSON + "Transfer-Encoding: chunked\r\n", new byte[0]));
            for (String piece : GOOD.split("(?<=[:,])")) {
                wire.send("%x\r\n%s\r\n".formatted(piece.length(), piece));
            }
            assertEquals(List.of(), upstream.received());
            assertEquals(200, wire.ask("0\r\n\r\n").status());

            // The connection is as good as new.
            byte[] body = GOOD.getBytes(StandardCharsets.UTF_8);
            String fields = JSON + "Content-Length: " + body.length + "\r\n";
            assertEquals(200, wire.ask(request("POST /lab/x", fields, body)).status());
        }
        assertEquals(List.of(GOOD, GOOD), bodies);
        for (Upstream.Received seen : upstream.received()) {
            assertEquals(List.of(String.valueOf(GOOD.length())), seen.all("content-length"));
            assertEquals(List.of(), seen.all("transfer-encoding"));
        }
    }

    @Test
    void connection_cannot_name_the_content_type_away() {
        Wire.Reply reply =
                post(JSON + "Connection: content-type\r\n", GOOD.getBytes(StandardCharsets.UTF_8));

        refused("admit", 400, "no field of a request", reply);
    }

    @Test
    void over_http_2_the_same_holds() throws Exception {
        try (HttpClient client = bound.http(HttpClient.Version.HTTP_2)) {
            for (String body : List.of(GOOD, GOOD.replace("ana", "eve"), "")) {
                HttpResponse<String> answer =
                        client.send(
                                bound.request("/lab/x", account)
                                        .header("content-type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());

                assertEquals(HttpClient.Version.HTTP_2, answer.version());
                assertEquals(body.equals(GOOD) ? 200 : 403, answer.statusCode(), answer.body());
            }
        }
        assertEquals(List.of(GOOD), bodies);
    }

    @Test
    void an_account_that_ends_while_its_body_comes_sends_nothing() {
        Agent.Opened short_ = bound.open(Lab.ALL);
        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            String head = JSON + "Content-Length: " + GOOD.length() + "\r\n";
            wire.send(
                    "POST /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n{"
                            .formatted(short_.bearer(), head));
            assertTrue(bound.send("POST", "/v1/accounts/" + short_.id() + "/complete").good());
            wire.send(GOOD.substring(1));

            assertEquals(401, wire.reply().status());
        }
        assertEquals(List.of(), bodies);
    }

    @Test
    void a_refused_body_costs_no_call() {
        Agent.Opened once =
                bound.open(
                        Json.object()
                                .put("task", Lab.ALL)
                                .put("ttl", "10m")
                                .put("budget", Json.object().put("calls", 1).build())
                                .build());
        Agent.Opened before = account;
        account = once;
        try {
            refused(403, "is outside", post(GOOD.replace("ana", "eve")));
            assertEquals(200, post(GOOD).status());
            assertTrue(List.of(401, 403).contains(post(GOOD).status()));
        } finally {
            account = before;
        }
        assertEquals(List.of(GOOD), bodies);
    }

    @Test
    void a_body_that_nothing_bounds_streams_whatever_it_is() {
        Agent.Opened unbound = agent.open(Lab.ALL);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "POST /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\nContent-Encoding: x\r\nContent-Length: 200000\r\n\r\n"
                            .formatted(unbound.bearer()));
            wire.send("a".repeat(100_000));
            // The service has the head while half of the body is still to come.
            Await.until("the head arrives", () -> !upstream.received().isEmpty());
            assertEquals(200, wire.ask("a".repeat(100_000)).status());
        }
        assertEquals(List.of(200_000), bodies.stream().map(String::length).toList());
    }
}
