package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.permission.HttpMethod;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A listener with room for three connections, on two event loops.
class ConnectionLimitTest {
    private static final int CONNECTIONS_MAX = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GET = "GET /here HTTP/1.1\r\nhost: x\r\n\r\n";

    private final List<Socket> open = new ArrayList<>();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void aListener() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        vertx =
                Vertx.builder()
                        .withTransport(
                                new AcceptLimit(port, CONNECTIONS_MAX, 1)
                                        .transport(new ConnectLimit(_ -> true)))
                        .build();
        Routes routes =
                Routes.of(
                        List.of(
                                Routes.Route.of(
                                        HttpMethod.GET,
                                        "/here",
                                        Endpoint.direct(_ -> Response.empty(204)))));
        Listener.plain(30, 4_096)
                .bind(vertx, "127.0.0.1", port, 2, _ -> new Dispatcher(routes))
                .await();
    }

    @AfterEach
    void closed() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        vertx.close().await();
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        return socket;
    }

    /// The status of one request; 0 where the connection was closed instead.
    private static int asked(Socket socket) {
        try {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            String rest = line;
            while (!line.isEmpty() && !rest.endsWith("\r\n\r\n")) {
                rest += (char) in.read();
            }
            return line.isEmpty() ? 0 : Integer.parseInt(line.substring(9));
        } catch (IOException _) {
            return 0; // reset while we were talking
        }
    }

    @Test
    void one_connection_more_than_the_limit_is_closed_and_the_others_are_served()
            throws IOException {
        var room = new ArrayList<Socket>();
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            Socket socket = connected();
            assertEquals(204, asked(socket));
            room.add(socket);
        }

        for (int i = 0; i < 20; i++) {
            assertEquals(0, asked(connected()));
        }

        for (Socket socket : room) {
            assertEquals(204, asked(socket));
        }
    }

    @Test
    void a_connection_that_ends_makes_room_for_another() throws IOException {
        Socket first = connected();
        assertEquals(204, asked(first));
        for (int i = 1; i < CONNECTIONS_MAX; i++) {
            assertEquals(204, asked(connected()));
        }

        first.close();

        // The server notices the end when it reads it: until then a new one finds no room.
        long end = System.nanoTime() + PATIENCE.toNanos();
        int status = 0;
        while (status == 0 && System.nanoTime() - end < 0) {
            Socket socket = connected();
            status = asked(socket);
            if (status == 0) {
                socket.close();
                open.remove(socket);
            }
        }
        assertEquals(204, status);
        assertEquals(204, asked(open.get(1)));
    }
}
