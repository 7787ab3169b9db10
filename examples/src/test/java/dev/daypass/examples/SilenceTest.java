package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final String KEY = "silent-key";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        var ear = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(ear);
        System.setErr(ear);
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
