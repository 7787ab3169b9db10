package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 20, the edge's side: whatever a service does, the agent is told, the ledger knows, and
/// others notice nothing. Fails where `Relay` does not count, where `Retry.harmless` takes any
/// method or any moment, and where `Exchange.maybeAgain` forgets that it was asked.
class Row20UpstreamTest {
    private static final int MIB = 1 << 20;
    private static final int ANSWER_BYTES_MAX = 20 * MIB;

    private static Installation here;
    private static Upstream upstream;
    private static Upstream other;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here =
                Installation.start(
                        Map.of("LIMITS_ANSWER_BYTES_MAX", Integer.toString(ANSWER_BYTES_MAX)),
                        Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        other = Lab.in(here, "other");
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
        other.close();
    }

    @AfterEach
    void othersNoticeNothing() {
        assertEquals(200, agent.call("GET", "/other/x", account).status());
        upstream.follow(Upstream::fine);
        assertEquals(200, agent.call("GET", "/lab/x", account).status());
    }

    private static String head(String method, String path, String... fields) {
        return "%s %s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s\r\n"
                .formatted(method, path, account.bearer(), String.join("", fields));
    }

    private static Wire.Reply ask(String method, String path) {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(head(method, path, method.equals("POST") ? "Content-Length: 0\r\n" : ""));
            return wire.reply();
        }
    }

    /// Hangs up on every request but those whose number is given.
    private static AtomicInteger hangsUpUnless(int... answers) {
        var count = new AtomicInteger();
        upstream.follow((request, in, out) -> {
            int number = count.incrementAndGet();
            for (int answered : answers) {
                if (number == answered) {
                    Upstream.fine(request, in, out);
                    return;
                }
            }
            throw new IOException("hangs up");
        });
        return count;
    }

    private static int facts(String target) {
        return Ledger.of(here).split(target + "\"", -1).length - 1;
    }

    @Test
    void a_kept_connection_that_closes_as_a_request_goes_out_is_not_the_agents_trouble() {
        AtomicInteger asked = hangsUpUnless(1, 3);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            assertEquals(200, wire.ask(head("GET", "/lab/first")).status());
            assertEquals(200, wire.ask(head("GET", "/lab/second")).status());
        }
        assertEquals(3, asked.get());
        Await.until("a fact", () -> facts("GET /second") == 1);
    }

    @Test
    void what_may_have_been_done_is_not_done_twice() {
        AtomicInteger asked = hangsUpUnless(1);
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            assertEquals(200, wire.ask(head("GET", "/lab/first")).status());
            Wire.Reply reply = wire.ask(head("POST", "/lab/once", "Content-Length: 0\r\n"));
            assertEquals(502, reply.status());
            assertTrue(reply.body().contains("\"step\":\"forward\""), reply.body());
            assertTrue(reply.body().contains("find out at the service"), reply.body());
        }
        assertEquals(2, asked.get());
    }

    @Test
    void a_service_that_always_hangs_up_is_asked_twice_and_no_more() {
        AtomicInteger asked = hangsUpUnless();
        assertEquals(502, ask("GET", "/lab/x").status());
        assertEquals(2, asked.get());
    }

    @Test
    void a_service_that_began_to_answer_is_not_asked_again() {
        var asked = new AtomicInteger();
        upstream.follow((_, _, out) -> {
            asked.incrementAndGet();
            out.write("HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("hangs up");
        });
        assertEquals(502, ask("GET", "/lab/x").status());
        assertEquals(1, asked.get());
    }

    @Test
    void an_answer_with_endless_fields_is_a_bad_gateway() {
        upstream.follow((_, _, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-More: and more\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
        assertEquals(502, ask("GET", "/lab/x").status());
    }

    @Test
    void an_answer_without_end_is_cut_and_recorded() throws IOException {
        int before = upstream.closed();
        upstream.follow(Row20UpstreamTest::endless);
        long read = 0;
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(head("GET", "/lab/endless"));
            byte[] some = new byte[64 * 1024];
            for (int n = 0; n >= 0 && read <= 2L * ANSWER_BYTES_MAX; n = wire.in().read(some)) {
                read += n;
            }
        } catch (IOException _) {
            // Cut without a last chunk, as it should be.
        }
        assertTrue(read > ANSWER_BYTES_MAX / 2, read + " bytes");
        assertTrue(read < ANSWER_BYTES_MAX + 4L * MIB, read + " bytes");
        Await.until("the service is let go", () -> upstream.closed() > before);
        Await.until("a fact", () -> facts("GET /endless") == 1);
    }

    private static void endless(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] some = new byte[MIB];
        while (true) {
            out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(some);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_service_that_dies_in_its_answer_leaves_half_an_answer_and_a_fact() throws IOException {
        upstream.follow((_, _, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("dies");
        });
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(head("GET", "/lab/half"));
            String all = new String(allThatComes(wire.in()), StandardCharsets.ISO_8859_1);
            assertTrue(all.endsWith("half"), all);
            assertFalse(all.contains("problem"), all);
        }
        Await.until("a fact", () -> facts("GET /half") == 1);
    }

    private static byte[] allThatComes(InputStream in) {
        var out = new java.io.ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        } catch (IOException _) {
            // Broken off.
        }
        return out.toByteArray();
    }

    @Test
    void every_kind_of_odd_answer_in_a_row_shuts_nobody_out() {
        for (String line : new String[] {"500 Oh", "503 Busy", "429 Slow down"}) {
            upstream.follow((request, in, out) -> {
                Upstream.body(request, in);
                Upstream.say(out, line, "odd");
            });
            for (int i = 0; i < 10; i++) {
                assertEquals(
                        Integer.parseInt(line.substring(0, 3)),
                        agent.call("GET", "/lab/x", account).status());
            }
        }
        hangsUpUnless();
        for (int i = 0; i < 10; i++) {
            Answer answer = agent.call("GET", "/lab/x", account);
            assertEquals(502, answer.status(), answer.bodyText());
        }
    }
}
