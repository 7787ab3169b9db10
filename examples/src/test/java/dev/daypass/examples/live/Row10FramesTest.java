package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;

/// Threat 10: frames of HTTP/2 that no client sends end their connection, reach no service and
/// disturb nobody else.
///
/// Mutation: the listener's largest frame is a megabyte (`a frame longer than …`).
class Row10FramesTest {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long SEED = Long.getLong("seed", 20_261_130L);
    private static final int STORMS = 40;
    private static final int FRAMES = 30;

    private static final int DATA = 0x0;
    private static final int HEADERS = 0x1;
    private static final int RST_STREAM = 0x3;
    private static final int SETTINGS = 0x4;
    private static final int PUSH_PROMISE = 0x5;
    private static final int PING = 0x6;
    private static final int GOAWAY = 0x7;
    private static final int WINDOW_UPDATE = 0x8;
    private static final int CONTINUATION = 0x9;

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
        account = agent.open(Lab.READ);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @AfterEach
    void others_are_served_as_before() {
        upstream.follow(Upstream::fine);
        assertEquals(200, agent.call("GET", "/lab/x", account).status());
        assertEquals(1, upstream.received().size());
        upstream.follow(Upstream::fine);
    }

    private static byte[] frame(int type, int flags, int stream, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        return frame(payload.length, type, flags, stream, payload);
    }

    private static byte[] frame(int length, int type, int flags, int stream, byte[] payload) {
        var out = new ByteArrayOutputStream();
        for (int shift = 16; shift >= 0; shift -= 8) {
            out.write(length >> shift);
        }
        out.write(type);
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(stream >> shift);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] together(byte[]... frames) {
        var out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    private static byte[] times(int count, byte[] frame) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /// Many streams, each begun and given up at once.
    private static byte[] begunAndGivenUp(int count) {
        var out = new ByteArrayOutputStream();
        for (int stream = 1; stream < 2 * count; stream += 2) {
            out.writeBytes(frame(HEADERS, 0x5, stream, "82 87 84 41 01 78"));
            out.writeBytes(frame(RST_STREAM, 0, stream, "00000008"));
        }
        return out.toByteArray();
    }

    /// What is sent after the preface and settings, by what is wrong with it.
    private static Map<String, byte[]> corpus() {
        return Map.ofEntries(
                Map.entry("data on the connection", frame(DATA, 0, 0, "00")),
                Map.entry("data on a stream that never began", frame(DATA, 0, 1, "00")),
                Map.entry("headers on the connection", frame(HEADERS, 0x4, 0, "82")),
                Map.entry(
                        "headers on a stream of the server's", frame(HEADERS, 0x4, 2, "82 87 84")),
                Map.entry("settings of five bytes", frame(SETTINGS, 0, 0, "00 04 00 00 10")),
                Map.entry("settings on a stream", frame(SETTINGS, 0, 1, "")),
                Map.entry(
                        "an acknowledgement with content", frame(SETTINGS, 1, 0, "0004 00001000")),
                Map.entry("a window beyond 2^31-1", frame(SETTINGS, 0, 0, "0004 80000000")),
                Map.entry("a frame size below 2^14", frame(SETTINGS, 0, 0, "0005 00000001")),
                Map.entry(
                        "push that is neither on nor off", frame(SETTINGS, 0, 0, "0002 00000002")),
                Map.entry("a ping of seven bytes", frame(PING, 0, 0, "00 00 00 00 00 00 00")),
                Map.entry("a ping on a stream", frame(PING, 0, 1, "0000000000000000")),
                Map.entry("a goodbye on a stream", frame(GOAWAY, 0, 1, "00000000 00000000")),
                Map.entry("a window that grows by nothing", frame(WINDOW_UPDATE, 0, 0, "00000000")),
                Map.entry("a window that overflows", frame(WINDOW_UPDATE, 0, 0, "7fffffff")),
                Map.entry("a window update of three bytes", frame(WINDOW_UPDATE, 0, 0, "000001")),
                Map.entry("a stream reset before it began", frame(RST_STREAM, 0, 1, "00000008")),
                Map.entry("a reset of the connection", frame(RST_STREAM, 0, 0, "00000008")),
                Map.entry("a promise of the client's", frame(PUSH_PROMISE, 0x4, 1, "00000002 82")),
                Map.entry("a continuation of nothing", frame(CONTINUATION, 0x4, 1, "82")),
                Map.entry(
                        "another frame amid headers",
                        together(frame(HEADERS, 0, 1, "82 87"), frame(DATA, 0, 1, "00"))),
                Map.entry("more padding than there is", frame(HEADERS, 0xc, 1, "7f 82 87")),
                Map.entry("an index of nothing", frame(HEADERS, 0x5, 1, "80")),
                Map.entry("an index beyond the table", frame(HEADERS, 0x5, 1, "ff 80 80 80 80 01")),
                Map.entry(
                        "a number that never ends", frame(HEADERS, 0x5, 1, "7f ff ff ff ff ff ff")),
                Map.entry(
                        "a table larger than agreed", frame(HEADERS, 0x5, 1, "3f e1 ff ff 07 82")),
                Map.entry(
                        "text that is not Huffman's", frame(HEADERS, 0x5, 1, "82 87 84 41 81 00")),
                Map.entry(
                        "a frame longer than agreed",
                        frame(16_385, HEADERS, 0x5, 1, new byte[16_385])),
                Map.entry(
                        "continuations without end",
                        together(
                                frame(HEADERS, 0, 1, "82"),
                                times(20_000, frame(CONTINUATION, 0, 1, "")))),
                Map.entry("streams begun and given up", begunAndGivenUp(20_000)),
                Map.entry("empty data again and again", emptyData(20_000)));
    }

    private static byte[] emptyData(int count) {
        return together(
                frame(HEADERS, 0x4, 1, "83 87 84 41 01 78"), times(count, frame(DATA, 0, 1, "")));
    }

    @TestFactory
    Stream<DynamicTest> ends_its_connection() {
        return corpus().entrySet().stream()
                .map(bad ->
                        dynamicTest(
                                bad.getKey(),
                                () -> {
                                    try (Wire wire = Wire.http2(here.port(), agent.tls())) {
                                        sent(
                                                wire,
                                                together(
                                                        PREFACE,
                                                        frame(SETTINGS, 0, 0, ""),
                                                        bad.getValue()));
                                        assertTrue(ended(wire), bad.getKey());
                                    }
                                    assertEquals(List.of(), upstream.received());
                                }));
    }

    @TestFactory
    Stream<DynamicTest> a_connection_that_begins_otherwise_is_ended() {
        return Stream.of("PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n", "GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                .map(text ->
                        dynamicTest(
                                text.lines().findFirst().orElse(""),
                                () -> {
                                    try (Wire wire = Wire.http2(here.port(), agent.tls())) {
                                        sent(wire, text.getBytes(StandardCharsets.US_ASCII));
                                        assertTrue(ended(wire));
                                    }
                                }));
    }

    /// Frames by chance, most of them well-formed in length. What is asked of the server is that it
    /// lives.
    @RepeatedTest(STORMS)
    void frames_by_chance_disturb_nobody(RepetitionInfo repetition) {
        long seed = SEED + repetition.getCurrentRepetition();
        var random = new Random(seed);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PREFACE);
        bytes.writeBytes(frame(SETTINGS, 0, 0, ""));
        for (int i = 0; i < FRAMES; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            int length = random.nextInt(20) == 0 ? random.nextInt(1 << 24) : payload.length;
            bytes.writeBytes(
                    frame(
                            length,
                            random.nextInt(12),
                            random.nextInt(256),
                            random.nextInt(8),
                            payload));
        }
        try (Wire wire = Wire.http2(here.port(), agent.tls())) {
            sent(wire, bytes.toByteArray());
        }
        assertEquals(List.of(), upstream.received(), "seed " + seed);
    }

    /// The server may close while we are still sending.
    private static void sent(Wire wire, byte[] bytes) {
        try {
            wire.send(bytes);
        } catch (UncheckedIOException _) {
            return; // closed, as it may be
        }
    }

    /// Whether the server says goodbye with a reason, or closes.
    private static boolean ended(Wire wire) throws IOException {
        InputStream in = wire.in();
        try {
            while (true) {
                byte[] head = in.readNBytes(9);
                if (head.length < 9) {
                    return true;
                }
                int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
                byte[] payload = in.readNBytes(length);
                if (head[3] == GOAWAY) {
                    return payload.length >= 8
                            && !Arrays.equals(Arrays.copyOfRange(payload, 4, 8), new byte[4]);
                }
            }
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true; // reset
        }
    }
}
