package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Bodies and streams of any length through the run's own server, in little memory.
class RunStreamsTest extends WithRuns {
    private static final int MANY = 256 * 1024 * 1024;

    @Test
    void bodies_of_any_length_and_framing_go_through() throws IOException {
        upstream.follow((request, in, out) ->
                Upstream.say(out, "200 OK", Integer.toString(Upstream.body(request, in).length)));
        Path large = Files.write(directory.resolve("large"), new byte[700_000]);
        String curl = "curl -s -X POST -H 'Content-Type: application/octet-stream' ";

        RunProcess process =
                run(
                        curl
                                + "--data-binary @%s \"$LAB_URL/a\"; echo; ".formatted(large)
                                + curl
                                + "-H 'Transfer-Encoding: chunked' --data-binary @%s \"$LAB_URL/a\"; echo; "
                                        .formatted(large)
                                + curl
                                + "-d abc \"$LAB_URL/a\"; echo",
                        LONG);

        assertEquals(
                List.of("700000", "700000", "3"),
                List.of(process.line(), process.line(), process.line()));
        assertEquals(0, process.status(), process.said());
    }

    private RunProcess small(String script) {
        return start(
                RunProcess.Wrapper.SMALL,
                Map.of(),
                "--task",
                Lab.ALL,
                LONG,
                "--",
                "sh",
                "-c",
                script);
    }

    @Test
    void a_body_that_is_larger_than_the_memory_goes_up() {
        upstream.follow((request, in, out) -> {
            in.skipNBytes(Long.parseLong(request.field("content-length")));
            Upstream.say(out, "200 OK", "all of it");
        });

        RunProcess process =
                small(
                        "truncate -s %d %2$s; curl -s -X POST -H 'Content-Type: application/octet-stream' -T %2$s \"$LAB_URL/a\"; echo"
                                .formatted(MANY, directory.resolve("large")));

        assertEquals("all of it", process.line());
        assertEquals(0, process.status(), process.said());
    }

    @Test
    void an_answer_that_is_larger_than_the_memory_waits_for_a_slow_reader() {
        upstream.follow((request, in, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
                            .formatted(MANY)
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[64 * 1024];
            for (int sent = 0; sent < MANY; sent += block.length) {
                out.write(block);
            }
            out.flush();
        });

        RunProcess process =
                small(
                        "exec 3<&0; curl -s \"$LAB_URL/a\" | { dd bs=1 count=1 2> /dev/null | wc -c; read line <&3; wc -c; }");

        assertEquals("1", process.line());
        process.say("");
        assertEquals(Integer.toString(MANY - 1), process.line());
        assertEquals(0, process.status(), process.said());
    }

    @Test
    void an_event_arrives_before_the_next_one_is_made() {
        var seen = new CountDownLatch(1);
        upstream.follow((request, in, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await(seen);
            out.write("data: 2\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("the end");
        });

        RunProcess process = run("curl -sN \"$LAB_URL/a\"", LONG);

        assertEquals("data: 1", process.line());
        seen.countDown();
        assertEquals("", process.line());
        assertEquals("data: 2", process.line());
        process.rest();
        process.status();
    }

    private static void await(CountDownLatch seen) throws IOException {
        try {
            seen.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_not_taken_for_a_whole_one() {
        upstream.follow((request, in, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("gone");
        });

        RunProcess process = run("curl -s -o /dev/null \"$LAB_URL/a\"; echo \"curl $?\"", LONG);

        assertTrue(List.of("curl 18", "curl 22", "curl 52", "curl 56").contains(process.line()));
        process.status();
    }

    @Test
    void websockets_go_through_the_local_url_and_through_the_proxy() {
        upstream.follow((request, in, out) -> webSocket(request, in, out));
        String python = "python3 %s ".formatted(RunProcess.script("websocket.py"));

        RunProcess process =
                run(
                        python
                                + "\"$LAB_URL/a\"; "
                                + python
                                + "%s/a \"$HTTP_PROXY\"; ".formatted(upstream.url())
                                + python
                                + "\"$LAB_URL/a/b/c\"",
                        LONG,
                        "--proxy");

        assertEquals("hello to you", process.line(), process.said());
        assertEquals("hello to you", process.line(), process.said());
        assertEquals(1, process.status(), "what is not granted changes to no protocol");
        assertTrue(process.said().contains("HTTP/1.1 403"), process.said());
        calls().forEach(c -> assertEquals("Bearer " + Lab.KEY, c.field("authorization")));
    }

    /// Says what it hears, and more (RFC 6455).
    private static void webSocket(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        String accept = request.field("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        out.write(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                        .formatted(Base64.getEncoder().encodeToString(sha1(accept)))
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        byte[] head = in.readNBytes(2);
        byte[] mask = in.readNBytes(4);
        byte[] text = in.readNBytes(head[1] & 0x7f);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i % mask.length];
        }
        byte[] back =
                (new String(text, StandardCharsets.UTF_8) + " to you")
                        .getBytes(StandardCharsets.UTF_8);
        out.write(new byte[] {(byte) 0x81, (byte) back.length});
        out.write(back);
        out.flush();
        in.readNBytes(6);
        throw new IOException("the end");
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
