package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threat 13: who takes its time over a handshake, a head, a body or an answer is let go, and
/// others are served meanwhile. A byte now and then does not help: the connection is never idle.
/// Fails where `StrictBytes.hold` does not look at the time, where `BodyPace.look` takes one byte
/// for progress, and where `Relay.await` or `SlowReader` waits for as long as it takes.
class Row13SlowTest {
    private static final String SHORT = "3s";

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here =
                Installation.start(
                        Map.of(
                                "LIMITS_HANDSHAKE_TIMEOUT", "5s",
                                "LIMITS_HEAD_TIMEOUT", SHORT,
                                "LIMITS_BODY_TIMEOUT", SHORT,
                                "LIMITS_READER_TIMEOUT", SHORT),
                        Clock.systemUTC());
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
    void wellBehaved() {
        upstream.follow(Upstream::fine);
    }

    /// Whatever somebody slow did, others are served.
    @AfterEach
    void othersAreServed() {
        upstream.follow(Upstream::fine);
        assertEquals(200, agent.call("GET", "/lab/x", account).status());
    }

    private static Wire wire() {
        return Wire.to(here.port(), agent.tls());
    }

    private static String head(String line, String... fields) {
        return line
                + " HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n".formatted(account.bearer())
                + String.join("", fields);
    }

    private static boolean ends(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Whatever is said before.
            }
            return true;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void a_connection_that_never_begins_its_handshake_is_closed() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), here.port())) {
            socket.setSoTimeout(60_000);
            assertTrue(ends(socket.getInputStream()));
        }
    }

    @Test
    void a_handshake_that_comes_byte_by_byte_is_broken_off() throws IOException {
        // A record of a handshake that announces more than ever comes.
        byte[] hello = {0x16, 3, 1, 0x10, 0, 1, 0, 0x0f, (byte) 0xfc, 3, 3};
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), here.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(hello);
            try (Trickle _ = Trickle.into(socket.getOutputStream(), new byte[] {0})) {
                assertTrue(ends(socket.getInputStream()));
            }
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_answered_with_408() {
        try (Wire wire = wire()) {
            wire.send(head("GET /lab/x"));
            try (Trickle _ =
                    Trickle.into(
                            wire.out(), "X-More: yes\r\n".getBytes(StandardCharsets.US_ASCII))) {
                Wire.Reply reply = wire.reply();
                assertEquals(408, reply.status());
                assertTrue(reply.body().contains("too-slow"), reply.body());
                assertTrue(wire.closes());
            }
        }
    }

    private static void bodyIsRefused(String line, String step) {
        try (Wire wire = wire()) {
            wire.send(
                    head(line, "Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n"));
            try (Trickle _ = Trickle.into(wire.out(), new byte[] {' '})) {
                Wire.Reply reply = wire.reply();
                assertEquals(408, reply.status());
                assertTrue(reply.body().contains("\"step\":\"" + step + "\""), reply.body());
                assertTrue(wire.closes());
            }
        }
    }

    @Test
    void a_body_that_comes_byte_by_byte_on_its_way_to_a_service_is_refused() {
        bodyIsRefused("POST /lab/x", "forward");
        Await.until("the service is let go", () -> upstream.closed() > 0);
    }

    @Test
    void a_body_that_comes_byte_by_byte_to_the_agents_api_is_refused() {
        bodyIsRefused("POST /v1/accounts", "admit");
    }

    @Test
    void an_upload_that_the_service_holds_up_is_not_taken_for_a_slow_one() throws Exception {
        var gate = new java.util.concurrent.CountDownLatch(1);
        upstream.follow((request, in, out) -> {
            await(gate);
            Upstream.fine(request, in, out);
        });
        int length = 30_000_000;
        try (Wire wire = wire()) {
            wire.send(head("POST /lab/x", "Content-Length: %d\r\n\r\n".formatted(length)));
            Thread sender = Thread.ofVirtual().start(() -> wire.send(new byte[length]));
            // Another that is slow by itself, and began later, is refused meanwhile: twice the time
            // has passed.
            bodyIsRefused("POST /lab/x", "forward");
            bodyIsRefused("POST /lab/x", "forward");
            gate.countDown();
            assertEquals(200, wire.reply().status());
            sender.join();
        }
    }

    private static void await(java.util.concurrent.CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void endless(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] some = new byte[64 * 1024];
        while (true) {
            out.write(some);
        }
    }

    @Test
    void who_does_not_read_its_answer_is_let_go_and_so_is_the_service() {
        int before = upstream.closed();
        upstream.follow(Row13SlowTest::endless);
        try (Wire wire = wire()) {
            wire.send(head("GET /lab/x", "\r\n"));
            Await.until("the service is let go", () -> upstream.closed() > before);
        }
        Await.until("a fact", () -> Ledger.of(here).contains("GET /x"));
    }

    /// Its connection takes everything: only the stream's own window is full.
    @Test
    void a_stream_of_http_2_that_is_not_read_is_let_go_and_its_connection_stays() throws Exception {
        int before = upstream.closed();
        upstream.follow(Row13SlowTest::endless);
        try (HttpClient http = agent.http(HttpClient.Version.HTTP_2)) {
            var answer =
                    http.sendAsync(
                            agent.request("/lab/x", account).build(),
                            _ -> HttpResponse.BodySubscribers.fromSubscriber(new ReadsNothing()));
            Await.until("the service is let go", () -> upstream.closed() > before);
            upstream.follow(Upstream::fine);
            assertEquals(
                    200,
                    http.send(
                                    agent.request("/lab/x", account).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode());
            answer.cancel(true);
            http.shutdownNow();
        }
    }

    private static final class ReadsNothing implements Flow.Subscriber<java.util.List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(java.util.List<ByteBuffer> item) {
            // One is enough.
        }

        @Override
        public void onError(Throwable failure) {
            // Reset, as it should be.
        }

        @Override
        public void onComplete() {
            // Never.
        }
    }

    @Test
    void answers_that_nobody_reads_do_not_pile_up() throws Exception {
        var sent = new AtomicLong();
        upstream.follow((_, _, out) -> Upstream.say(out, "200 OK", "x".repeat(100_000)));
        byte[] many = head("GET /lab/x", "\r\n").repeat(100).getBytes(StandardCharsets.ISO_8859_1);
        try (Wire wire = wire()) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (true) {
                                        wire.send(many);
                                        sent.addAndGet(100);
                                    }
                                } catch (java.io.UncheckedIOException _) {
                                    return; // let go
                                }
                            });
            sender.join(java.time.Duration.ofSeconds(60));
            assertTrue(!sender.isAlive(), "still reading after " + sent + " requests");
        }
    }
}
