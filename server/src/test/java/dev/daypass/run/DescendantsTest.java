package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whose connection it is, on Linux, with real processes.
class DescendantsTest {
    private final Descendants descendants = new Descendants();
    private ServerSocket here;
    private Process child;

    @BeforeEach
    void aChildConnects() throws IOException {
        here = new ServerSocket(0, 4, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        child =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "exec 3<> /dev/tcp/127.0.0.1/%d; read -r"
                                        .formatted(here.getLocalPort()))
                        .start();
    }

    @AfterEach
    void close() throws IOException {
        child.destroyForcibly();
        here.close();
    }

    @Test
    void a_childs_connection_is_the_familys_and_this_processs_own_is_not() throws IOException {
        try (Socket childs = here.accept();
                var own = new Socket(here.getInetAddress(), here.getLocalPort());
                Socket ours = here.accept()) {
            assertTrue(descendants.has(childs));
            assertEquals(own.getLocalPort(), ours.getPort());
            assertFalse(descendants.has(ours));
        }
    }

    @Test
    void the_same_port_of_another_address_is_not_the_childs() throws IOException {
        try (Socket childs = here.accept();
                var stranger = new Socket()) {
            stranger.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), childs.getPort()));
            stranger.connect(here.getLocalSocketAddress());
            try (Socket strangers = here.accept()) {
                assertEquals(childs.getPort(), strangers.getPort());
                assertFalse(descendants.has(strangers));
                assertTrue(descendants.has(childs));
            }
        }
    }
}
