package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 20: services that take longer than they may. Others answer at once, and so are tested
/// where the edge has all the patience that it has by default.
class Row20PatienceTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start(Map.of("EDGE_RESPONSE_TIMEOUT", "3s"), Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static Wire wire() {
        return Wire.to(here.port(), agent.tls());
    }

    private static String head(String method, String path, String... fields) {
        return "%s %s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n"
                .formatted(method, path, account.bearer(), String.join("", fields));
    }

    private static Wire.Reply asked() {
        try (Wire wire = wire()) {
            return wire.ask(head("GET", "/lab/x"));
        }
    }

    @Test
    void a_service_that_never_answers_is_given_up_in_both_protocols() throws Exception {
        upstream.follow((_, in, _) -> in.read());
        for (HttpClient.Version version :
                List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            try (HttpClient http = agent.http(version)) {
                HttpResponse<String> answer =
                        http.send(
                                agent.request("/lab/x", account).build(), BodyHandlers.ofString());
                assertEquals(504, answer.statusCode(), answer.body());
                assertTrue(answer.body().contains("\"step\":\"forward\""), answer.body());
            }
        }
    }

    @Test
    void an_upload_may_take_longer_than_a_service_may_take_to_answer() {
        var bodies = new CopyOnWriteArrayList<String>();
        upstream.follow((request, in, out) -> {
            bodies.add(new String(Upstream.body(request, in), StandardCharsets.ISO_8859_1));
            Upstream.say(out, "200 OK", "fine");
        });
        try (Wire upload = wire();
                Wire other = wire()) {
            upload.send(head("POST", "/lab/upload", "Content-Length: 6\r\n") + "abc");
            Await.until("under way", () -> upstream.received().size() == 1);
            upstream.follow((_, in, _) -> in.read());
            other.send(head("GET", "/lab/x"));
            assertEquals(504, other.reply().status()); // so long has it taken by now

            upload.send("def");

            assertEquals(200, upload.reply().status());
            assertEquals(List.of("abcdef"), bodies);
        }
    }

    @Test
    void a_service_that_never_answers_is_not_asked_again() {
        var asked = new AtomicInteger();
        upstream.follow((_, in, _) -> {
            asked.incrementAndGet();
            in.read();
        });
        Wire.Reply reply = asked();
        assertEquals(504, reply.status());
        assertTrue(reply.body().contains("did not answer in time"), reply.body());
        assertEquals(1, asked.get());
    }

    @Test
    void a_service_that_says_again_and_again_that_it_will_answer_is_given_up() {
        upstream.follow((_, _, out) -> {
            while (true) {
                out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        });
        Wire.Reply reply = asked();
        assertTrue(reply.status() == 504 || reply.status() == 502, reply.toString());
    }
}
