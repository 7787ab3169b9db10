package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final URI EDGE = URI.create("https://localhost:8443");

    private final AtomicLong nanos = new AtomicLong();

    private Connections connections() throws NoSuchAlgorithmException {
        return new Connections(SSLContext.getDefault(), nanos::get);
    }

    @Test
    void the_next_one_on_a_connection_has_as_much_time_as_any_however_short_the_last_ones_was()
            throws Exception {
        try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = new Socket(there.getInetAddress(), there.getLocalPort());
                Connections connections = connections()) {
            var wire = new Wire(socket);
            socket.setSoTimeout(1_000);

            connections.free(EDGE, wire);

            assertSame(wire, connections.used(EDGE));
            assertEquals(Connections.ANSWER_MILLIS, socket.getSoTimeout());
        }
    }

    @Test
    void what_nobody_used_for_long_is_closed_and_not_used() throws Exception {
        try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = new Socket(there.getInetAddress(), there.getLocalPort());
                Connections connections = connections()) {
            connections.free(EDGE, new Wire(socket));
            nanos.addAndGet(6_000_000_000L);

            assertNull(connections.used(EDGE));
            assertTrue(socket.isClosed());
        }
    }
}
