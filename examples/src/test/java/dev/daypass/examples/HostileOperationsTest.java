package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class HostileOperationsTest {
    private static final String KEY = "hostile-key-0123456789";

    private FlightShop shop;
    private Browser browser;

    @BeforeEach
    void start() {
        shop = FlightShop.start(0, KEY);
        browser = new Browser(shop.port(), "X-Api-Key", KEY);
    }

    @AfterEach
    void stop() {
        browser.close();
        shop.close();
    }

    @Test
    void the_key_leaks_in_headers_and_body() throws Exception {
        HttpResponse<byte[]> answer = browser.get("/hostile/key");

        assertEquals(KEY, answer.headers().firstValue("X-Debug-Key").orElseThrow());
        assertTrue(answer.headers().firstValue("X-Debug-Request").orElseThrow().contains(KEY));
        assertEquals(KEY, Browser.text(Browser.json(answer), "debug", "x-api-key"));
    }

    @Test
    void the_key_leaks_in_two_chunks_with_half_of_it_in_each() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.getOutputStream()
                    .write(request("GET /hostile/split-key", "Connection: close\r\n"));
            String raw =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertFalse(raw.contains(KEY), raw);
            assertTrue(raw.contains(KEY.substring(0, KEY.length() / 2) + "\r\n"), raw);
        }
        String whole = Browser.body(browser.get("/hostile/split-key"));
        assertTrue(whole.contains(KEY), whole);
    }

    @Test
    void two_cookies_are_set() throws Exception {
        assertEquals(2, browser.get("/hostile/cookies").headers().allValues("Set-Cookie").size());
    }

    @Test
    void the_redirect_carries_the_key() throws Exception {
        HttpResponse<byte[]> answer = browser.get("/hostile/redirect");

        assertEquals(302, answer.statusCode());
        assertEquals(
                "http://127.0.0.1:%d/airports?api_key=%s".formatted(shop.port(), KEY),
                answer.headers().firstValue("Location").orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void the_stream_goes_on_until_its_caller_goes(HttpClient.Version version) throws Exception {
        try (var caller = new Browser(shop.port(), "X-Api-Key", KEY, version)) {
            HttpResponse<InputStream> answer = caller.open("/hostile/stream");
            assertEquals(version, answer.version());
            try (InputStream stream = answer.body()) {
                assertEquals(10 * 1024, stream.readNBytes(10 * 1024).length);
                assertEquals(1, shop.openAnswers());
            }
            while (shop.openAnswers() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void closing_the_shop_cuts_the_stream() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.getOutputStream().write(request("GET /hostile/stream", ""));
            assertTrue(socket.getInputStream().readNBytes(2048).length == 2048);

            shop.close();

            String rest =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertFalse(rest.endsWith("0\r\n\r\n"), "a cut stream must not look complete");
        }
    }

    @Test
    void silence_holds_the_connection_and_says_nothing() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.getOutputStream().write(request("GET /hostile/silence", ""));
            while (shop.openAnswers() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(0, socket.getInputStream().available());
        }
        while (shop.openAnswers() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void the_echo_shows_target_and_headers_as_they_arrived() throws Exception {
        String target = "/echo/a%2Fb//..;x=1/%C3%A9?q=%20+&q=2";
        String headers = "Content-Length: 0\r\nx-ONE: 1\r\nX-One: 2\r\nConnection: close\r\n";

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.getOutputStream().write(request("POST " + target, headers));
            String raw =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Json echo = Json.parse(raw.substring(raw.indexOf("\r\n\r\n") + 4));

            assertEquals("POST", Browser.text(echo, "method"));
            assertEquals(target, Browser.text(echo, "target"));
            assertEquals(
                    List.of(
                            "Host=shop",
                            "X-Api-Key=" + KEY,
                            "Content-Length=0",
                            "x-ONE=1",
                            "X-One=2",
                            "Connection=close"),
                    ((Json.Arr) Browser.at(echo, "headers"))
                            .items().stream()
                                    .map(h ->
                                            Browser.text(h, "name")
                                                    + "="
                                                    + Browser.text(h, "value"))
                                    .toList());
        }
    }

    @Test
    void the_echo_of_a_post_has_the_digest_of_its_body() throws Exception {
        HttpResponse<byte[]> answer =
                browser.send("POST", "/echo/x", "text/plain", BodyPublishers.ofString("abc"));

        // The digest of `abc` as FIPS 180-2 gives it.
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Browser.text(Browser.json(answer), "body_sha256"));
        assertEquals(Json.of(3), Browser.at(Browser.json(answer), "body_bytes"));
    }

    @Test
    void a_large_upload_is_digested_as_it_streams() throws Exception {
        byte[] large = new byte[32 << 20];
        new Random(7).nextBytes(large);

        HttpResponse<byte[]> answer =
                browser.send(
                        "POST",
                        "/hostile/uploads",
                        "application/octet-stream",
                        BodyPublishers.ofByteArray(large));

        assertEquals(Json.of(large.length), Browser.at(Browser.json(answer), "body_bytes"));
        assertEquals(
                HexFormat.of().formatHex(PdfFile.sha256(large)),
                Browser.text(Browser.json(answer), "body_sha256"));
    }

    @Test
    void hostile_paths_want_the_key_too() throws Exception {
        try (var stranger = new Browser(shop.port(), "X-Api-Key", "wrong")) {
            for (String path : List.of("/hostile/key", "/hostile/stream", "/echo/x")) {
                assertEquals(401, stranger.get(path).statusCode());
            }
            assertEquals(
                    401,
                    stranger.send(
                                    "POST",
                                    "/hostile/uploads",
                                    "application/octet-stream",
                                    BodyPublishers.ofByteArray(new byte[4 << 20]))
                            .statusCode());
        }
    }

    private static byte[] request(String line, String headers) {
        String text =
                "%s HTTP/1.1\r\nHost: shop\r\nX-Api-Key: %s\r\n%s\r\n"
                        .formatted(line, KEY, headers);
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
