package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final String KEY = "silent-key";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /// Threads that were there before: what they say is not the samples'.
    private final Set<Thread> others = Thread.getAllStackTraces().keySet();

    @BeforeEach
    void listen() {
        others.remove(Thread.currentThread());
        var ear = new PrintStream(new Ear(), true, StandardCharsets.UTF_8);
        System.setOut(ear);
        System.setErr(ear);
    }

    /// Hears the samples. A watchdog that tells of a machine that stood still is none of them.
    private final class Ear extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            Thread speaker = Thread.currentThread();
            boolean foreign =
                    others.contains(speaker)
                            || speaker.getName().contains("blocked-thread-checker");
            if (foreign) {
                err.write(bytes, from, length);
            } else {
                said.write(bytes, from, length);
            }
        }
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void the_samples_print_nothing_whatever_callers_do() throws Exception {
        try (var shop = FlightShop.start(0, KEY);
                var library = PaperLibrary.start(0, KEY)) {
            for (int port : new int[] {shop.port(), library.port()}) {
                misbehave(port, "GET /offers HTTP/1.1\r\n\r\n");
                misbehave(port, "\u0000\u0001 garbage \r\n\r\n");
                misbehave(port, keyed("GET /%zz?%zz", ""));
                misbehave(
                        port, "POST /bookings HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{");
                misbehave(port, keyed("GET /offers?from=%zz", ""));
                misbehave(port, keyed("GET /papers?q=%zz", ""));
                misbehave(port, keyed("POST /bookings", "Content-Length: 99\r\n") + "{");
            }
            leaveEarly(shop.port(), "/hostile/stream");
            leaveEarly(shop.port(), "/hostile/silence");
        }

        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }

    /// Says the text, hangs up its own side and reads what the service makes of it.
    private static void misbehave(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException _) {
            // Being cut off is as good an answer as any.
        }
    }

    private static void leaveEarly(int port, String target) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = keyed("GET " + target, "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0);
        }
    }

    private static String keyed(String line, String headers) {
        return "%s HTTP/1.1\r\nHost: x\r\nX-Api-Key: %s\r\nAuthorization: Bearer %s\r\n%s\r\n"
                .formatted(line, KEY, KEY, headers);
    }
}
