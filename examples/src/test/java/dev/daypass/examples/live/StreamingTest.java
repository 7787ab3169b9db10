package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bodies pass through the edge as they come, in both directions and both protocols.
class StreamingTest {
    private static final int MIB = 1 << 20;
    private static final int LARGE_MIB = 200;
    private static final int MEDIUM_MIB = 20;

    /// Far less than a body, more than all buffers on the way.
    private static final long HELD_BYTES_MAX = 48L * MIB;

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Upstream.start(Upstream::fine);
        here.register(
                "lab",
                Lab.OPENAPI,
                upstream.url(),
                here.credential("bearer", "", "upstream-key-to-look-for"));
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mebibyte(int index) {
        byte[] bytes = new byte[MIB];
        for (int i = 0; i < MIB; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 7 + index * 13);
        }
        return bytes;
    }

    private static String digest(int mebibytes) {
        MessageDigest digest = sha256();
        for (int i = 0; i < mebibytes; i++) {
            digest.update(mebibyte(i));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// A body that is made while it is read.
    private static final class Generated extends InputStream {
        private final int mebibytes;
        private final CountDownLatch gate;
        private byte[] now = new byte[0];
        private int index;
        private int at;

        /// @param gate must open before the second half
        Generated(int mebibytes, CountDownLatch gate) {
            this.mebibytes = mebibytes;
            this.gate = gate;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at == now.length) {
                if (index == mebibytes) {
                    return -1;
                }
                if (index == mebibytes / 2) {
                    pass(gate);
                }
                now = mebibyte(index++);
                at = 0;
            }
            int some = Math.min(length, now.length - at);
            System.arraycopy(now, at, into, offset, some);
            at += some;
            return some;
        }
    }

    private static void pass(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void downloads(HttpClient.Version version, int mebibytes) throws Exception {
        var gate = new CountDownLatch(1);
        upstream.follow((_, _, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                            .formatted((long) mebibytes * MIB)
                            .getBytes(StandardCharsets.US_ASCII));
            new Generated(mebibytes, gate).transferTo(out);
            out.flush();
        });
        try (HttpClient http = agent.http(version)) {
            HttpResponse<InputStream> answer =
                    http.send(
                            agent.request("/lab/x", account).build(), BodyHandlers.ofInputStream());
            MessageDigest digest = sha256();
            byte[] some = new byte[64 * 1024];
            try (InputStream body = answer.body()) {
                for (int n = body.read(some); n >= 0; n = body.read(some)) {
                    gate.countDown(); // the first bytes are here: now the second half may be made
                    digest.update(some, 0, n);
                }
            }
            assertEquals(version, answer.version());
            assertEquals(digest(mebibytes), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static void uploads(HttpClient.Version version, int mebibytes) throws Exception {
        var gate = new CountDownLatch(1);
        upstream.follow((request, in, out) -> {
            MessageDigest digest = sha256();
            assertEquals("chunked", request.field("transfer-encoding"));
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                gate.countDown();
                digest.update(in.readNBytes(size));
                Wire.line(in);
            }
            Wire.line(in);
            Upstream.say(out, "200 OK", HexFormat.of().formatHex(digest.digest()));
        });
        try (HttpClient http = agent.http(version)) {
            HttpResponse<String> answer =
                    http.send(
                            agent.request("/lab/x", account)
                                    .POST(
                                            BodyPublishers.ofInputStream(
                                                    () -> new Generated(mebibytes, gate)))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(version, answer.version());
            assertEquals(200, answer.statusCode());
            assertEquals(digest(mebibytes), answer.body());
        }
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(Wire.line(in), 16);
    }

    @Test
    void a_large_download_over_http_1_passes_while_it_is_made() throws Exception {
        downloads(HttpClient.Version.HTTP_1_1, LARGE_MIB);
    }

    @Test
    void a_download_over_http_2_passes_while_it_is_made() throws Exception {
        downloads(HttpClient.Version.HTTP_2, MEDIUM_MIB);
    }

    @Test
    void a_large_upload_over_http_2_passes_while_it_is_made() throws Exception {
        uploads(HttpClient.Version.HTTP_2, LARGE_MIB);
    }

    @Test
    void an_upload_over_http_1_passes_while_it_is_made() throws Exception {
        uploads(HttpClient.Version.HTTP_1_1, MEDIUM_MIB);
    }

    /// Waits until the count stands still, as it does when the sender may not send more.
    private static long settled(AtomicLong count) {
        var seen = new long[] {0, 0};
        Await.until(
                "the sender is held up",
                () -> {
                    seen[1] = count.get() == seen[0] ? seen[1] + 1 : 0;
                    seen[0] = count.get();
                    return seen[0] > 0 && seen[1] == 100;
                });
        return seen[0];
    }

    @Test
    void the_edge_does_not_read_ahead_of_a_slow_agent() {
        var made = new AtomicLong();
        upstream.follow((_, _, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            send(out, made);
        });
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));

            assertTrue(settled(made) < HELD_BYTES_MAX, made.toString());
        }
    }

    private static void send(OutputStream out, AtomicLong sent) throws IOException {
        byte[] some = new byte[64 * 1024];
        for (long left = 1_000_000_000; left > 0; left -= some.length) {
            out.write(some, 0, (int) Math.min(left, some.length));
            sent.addAndGet(some.length);
        }
    }

    @Test
    void the_edge_does_not_read_ahead_of_a_slow_service() throws Exception {
        var done = new CountDownLatch(1);
        upstream.follow((_, _, _) -> pass(done));
        var sent = new AtomicLong();
        Wire wire = Wire.to(here.port(), agent.tls());
        Thread sender =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                wire.send(
                                        "POST /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\nContent-Length: 1000000000\r\n\r\n"
                                                .formatted(account.bearer()));
                                for (int i = 0; i < 1_000; i++) {
                                    wire.send(new byte[1_000_000]);
                                    sent.addAndGet(1_000_000);
                                }
                            } catch (java.io.UncheckedIOException _) {
                                return; // closed below
                            }
                        });

        assertTrue(settled(sent) < HELD_BYTES_MAX, sent.toString());

        done.countDown();
        wire.abort();
        sender.join();
    }
}
