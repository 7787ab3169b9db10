package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever comes without a certificate, or does not speak TLS, opens nothing and disturbs nobody.
class StrangerTest extends WithLab {
    @Test
    void without_a_certificate_no_account_is_opened() {
        try (Wire wire = Wire.to(here.port(), Tls.anonymous(agent.authority()))) {
            Wire.Reply reply =
                    wire.ask(
                            "POST /v1/accounts HTTP/1.1\r\nHost: edge\r\nContent-Length: 2\r\n\r\n{}");
            assertEquals(401, reply.status());
            assertTrue(reply.body().contains("\"step\":\"authenticate\""), reply.body());
            assertTrue(reply.body().contains("\"next\":"), reply.body());
        }
    }

    @Test
    void whoever_does_not_speak_tls_is_hung_up_on_and_disturbs_nobody() throws IOException {
        for (String garbage :
                List.of(
                        "GET / HTTP/1.1\r\nHost: edge\r\n\r\n",
                        "\u0016\u0003\u0001\u0000\u0005garbage",
                        "\u0000".repeat(10_000),
                        "SSH-2.0-x\r\n")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), here.port())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                String answer =
                        new String(
                                socket.getInputStream().readAllBytes(),
                                StandardCharsets.ISO_8859_1);
                assertFalse(answer.contains("HTTP/1.1 2"), answer);
            } catch (java.net.SocketException _) {
                // Hung up on while it was still talking.
            }
        }
        agent.open(Lab.READ);
    }
}
