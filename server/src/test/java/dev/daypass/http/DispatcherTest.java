package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.WireException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The dispatcher behind a real socket: what it takes, and what it refuses before reading on.
class DispatcherTest {
    private static final int BODY_BYTES_MAX = 100;
    private static final int LARGE_BYTES_MAX = 96 * 1024 * 1024;
    private static final int HEADER_BYTES_MAX = 4_096;

    private Vertx vertx;
    private int port;

    @BeforeEach
    void aListener() {
        vertx = Vertx.vertx();
        Routes routes =
                Routes.of(
                        List.of(
                                route(
                                        HttpMethod.POST,
                                        "/echo",
                                        r -> Response.text(200, "text/plain", r.body().text())),
                                route(
                                        HttpMethod.GET,
                                        "/echo",
                                        r -> Response.text(200, "text/plain", r.query())),
                                route(
                                        HttpMethod.GET,
                                        "/malformed",
                                        _ -> {
                                            throw new WireException("`x` is missing");
                                        }),
                                route(
                                        HttpMethod.GET,
                                        "/form",
                                        r ->
                                                Response.text(
                                                        200,
                                                        "text/plain",
                                                        r.queryForm().getOr("a", ""))),
                                route(
                                        HttpMethod.GET,
                                        "/bug",
                                        _ -> {
                                            throw new IllegalStateException("password hunter2");
                                        }),
                                route(
                                                HttpMethod.PUT,
                                                "/guarded",
                                                r ->
                                                        Response.text(
                                                                200, "text/plain", r.body().text()))
                                        .withBodyUpTo(LARGE_BYTES_MAX)
                                        .behind(DispatcherTest::strangersStayOut),
                                Routes.Route.of(
                                        HttpMethod.GET,
                                        "/late-bug",
                                        _ ->
                                                CompletableFuture.failedStage(
                                                        new IllegalStateException(
                                                                "password hunter2")))));
        port =
                Listener.plain(30, HEADER_BYTES_MAX)
                        .bind(vertx, "127.0.0.1", 0, 1, _ -> new Dispatcher(routes))
                        .await()
                        .port();
    }

    private static @Nullable Response strangersStayOut(Request head) {
        return "friend".equals(head.header("x-who"))
                ? null
                : Problem.of("stranger", "Stranger", 401, "nobody knows you").toResponse();
    }

    private static Routes.Route route(HttpMethod method, String path, Endpoint.Direct answer) {
        return Routes.Route.of(method, path, Endpoint.direct(answer)).withBodyUpTo(BODY_BYTES_MAX);
    }

    @AfterEach
    void closed() {
        vertx.close().await();
    }

    /// Sends bytes as they are and reads until the server closes.
    private String sent(String... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String get(String target) throws IOException {
        return sent("GET " + target + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void a_body_up_to_the_limit_is_read_whole_and_one_byte_more_is_refused() throws IOException {
        assertTrue(post(BODY_BYTES_MAX).endsWith("x".repeat(BODY_BYTES_MAX)));
        assertEquals(413, status(post(BODY_BYTES_MAX + 1)));
    }

    private String post(int bytes) throws IOException {
        return sent(
                "POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: "
                        + bytes
                        + "\r\n\r\n",
                "x".repeat(bytes));
    }

    @Test
    void a_body_that_announces_too_much_is_refused_before_it_comes() throws IOException {
        String answer =
                sent("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n");

        assertEquals(413, status(answer));
        assertTrue(answer.contains("connection: close"));
    }

    @Test
    void a_chunked_body_cannot_grow_past_the_limit() throws IOException {
        String chunk = "40\r\n" + "x".repeat(64) + "\r\n";

        String answer =
                sent(
                        "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n",
                        chunk,
                        chunk,
                        chunk);

        assertEquals(413, status(answer));
        assertFalse(answer.contains("HTTP/1.1 200"));
    }

    @Test
    @SuppressWarnings("StringConcatToTextBlock") // line ends matter here
    void a_request_whose_length_is_told_in_two_ways_is_refused() throws IOException {
        for (String both :
                List.of(
                        "content-length: 3\r\ntransfer-encoding: chunked\r\n",
                        "transfer-encoding: chunked\r\ncontent-length: 3\r\n",
                        "content-length: 0\r\ntransfer-encoding: chunked\r\n")) {
            String answer =
                    sent(
                            "POST /echo HTTP/1.1\r\nhost: x\r\n" + both + "\r\n",
                            "0\r\n\r\nGET /echo?smuggled HTTP/1.1\r\nhost: x\r\n\r\n");

            assertEquals(400, status(answer), both);
            assertFalse(answer.contains("smuggled"), answer);
        }
    }

    @Test
    void a_stranger_is_refused_before_the_body_comes_and_a_friend_is_heard() throws IOException {
        String put = "PUT /guarded HTTP/1.1\r\nhost: x\r\n";

        String announced = sent(put + "content-length: %d\r\n\r\n".formatted(LARGE_BYTES_MAX));
        String chunked = sent(put + "transfer-encoding: chunked\r\n\r\n40\r\n");
        String friend =
                sent(put + "x-who: friend\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello");

        for (String refused : List.of(announced, chunked)) {
            assertEquals(401, status(refused), refused);
            assertTrue(refused.contains("connection: close"), refused);
        }
        assertTrue(friend.endsWith("hello"), friend);
    }

    @Test
    void a_stranger_without_a_body_keeps_the_connection() throws IOException {
        String put = "PUT /guarded HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n";

        String answers = sent(put + "\r\n", put + "connection: close\r\n\r\n");

        assertEquals(2, answers.split("HTTP/1.1 401", -1).length - 1, answers);
    }

    @Test
    void unknown_paths_methods_and_targets_are_refused() throws IOException {
        assertEquals(404, status(get("/nowhere")));
        assertEquals(404, status(get("/%65cho")));
        assertEquals(400, status(get("http://x/echo")));
        assertEquals(400, status(get("*")));
        assertEquals(
                501, status(sent("TRACE /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")));
        String other = sent("PUT /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        assertEquals(405, status(other));
        assertTrue(other.contains("allow: GET, POST"));
    }

    @Test
    void header_fields_longer_than_the_limit_are_refused() throws IOException {
        String answer =
                sent(
                        "GET /echo HTTP/1.1\r\nhost: x\r\nx-long: "
                                + "x".repeat(HEADER_BYTES_MAX)
                                + "\r\n\r\n");

        assertTrue(status(answer) >= 400 && status(answer) < 500, answer);
    }

    @Test
    void what_is_wrong_with_the_request_is_told() throws IOException {
        assertTrue(get("/malformed").contains("`x` is missing"));
        assertEquals(400, status(get("/malformed")));
        assertEquals(400, status(get("/form?a=1&a=2")));
        assertTrue(get("/echo?a=1&b").endsWith("a=1&b"));
    }

    @Test
    void what_is_wrong_with_us_is_not_told() throws IOException {
        for (String path : List.of("/bug", "/late-bug")) {
            String answer = get(path);

            assertEquals(500, status(answer));
            assertFalse(answer.contains("hunter2"));
            assertFalse(answer.contains("IllegalState"));
            assertTrue(answer.contains("incident "));
        }
    }
}
