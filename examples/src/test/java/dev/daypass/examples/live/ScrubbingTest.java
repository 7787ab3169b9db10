package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.FlightShop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 12: what a service gives away of the credential that the edge injected.
class ScrubbingTest {
    private static final String KEY = "k3y/with+signs=and~more/9f8e7d";

    private static Installation here;
    private static FlightShop shop;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        shop = FlightShop.start(0, KEY);
        upstream = Upstream.start(Upstream::fine);
        here.register("lab", Lab.OPENAPI, upstream.url(), header("X-Api-Key", KEY));
        here.register("worded", Lab.OPENAPI, upstream.url(), header("X-Key", "Token " + KEY));
        here.register(
                "hostile",
                Lab.OPENAPI,
                "http://127.0.0.1:%d/hostile".formatted(shop.port()),
                header("X-Api-Key", KEY));
        agent = here.agent("agent");
        account = agent.open(Lab.READ);
    }

    private static dev.daypass.wire.Json header(String name, String value) {
        return here.credential("header", name, value);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
        shop.close();
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Wire.Reply call(String path, Agent.Opened account) {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            return wire.ask(
                    "GET %s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(path, account.bearer()));
        }
    }

    private static void silent(Wire.Reply reply) {
        for (String form :
                List.of(
                        KEY,
                        url(KEY),
                        url(KEY).toLowerCase(Locale.ROOT),
                        KEY.replace("/", "\\/"),
                        base64(KEY))) {
            assertFalse(reply.body().contains(form), reply.body());
            assertFalse(reply.fields().toString().contains(form), reply.fields().toString());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_echoed_key_is_taken_out_of_fields_and_body() {
        Wire.Reply reply = call("/hostile/key", account);

        assertEquals(200, reply.status(), reply.body());
        assertTrue(reply.body().contains("your key is ***"), reply.body());
        assertTrue(reply.field("x-debug-key").startsWith("***"), reply.fields().toString());
        silent(reply);
    }

    @Test
    void a_key_that_comes_in_two_chunks_is_taken_out() {
        Wire.Reply reply = call("/hostile/split-key", account);

        assertEquals(200, reply.status());
        assertTrue(reply.body().endsWith("**, keep it safe\n"), reply.body());
        silent(reply);
    }

    @Test
    void cookies_of_the_service_stay_at_the_edge() {
        Wire.Reply reply = call("/hostile/cookies", account);

        assertEquals(200, reply.status());
        assertEquals("", reply.field("set-cookie"));
    }

    @Test
    void a_redirect_is_passed_on_without_the_key_and_not_followed() {
        Wire.Reply reply = call("/hostile/redirect", account);

        assertEquals(302, reply.status());
        assertTrue(reply.field("location").contains("api_key=***"), reply.fields().toString());
        silent(reply);
    }

    @Test
    void other_spellings_of_the_key_are_taken_out() {
        for (String form :
                List.of(
                        KEY,
                        url(KEY),
                        url(KEY).toLowerCase(Locale.ROOT),
                        KEY.replace("/", "\\/"),
                        base64(KEY),
                        base64(KEY).replace("=", ""),
                        KEY + KEY,
                        KEY.substring(0, 5) + KEY)) {
            upstream.follow((_, _, out) -> Upstream.say(out, "200 OK", "a " + form + " b"));

            Wire.Reply reply = call("/lab/x", account);

            assertTrue(reply.body().contains("**"), form + " became " + reply.body());
            assertEquals(("a " + form + " b").length(), reply.body().length());
            silent(reply);
        }
    }

    @Test
    void a_key_that_comes_byte_by_byte_is_taken_out() {
        upstream.follow((_, _, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (char c : ("<" + KEY.substring(0, 7) + KEY + ">").toCharArray()) {
                out.write(("1\r\n" + c + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });

        Wire.Reply reply = call("/lab/x", account);

        assertEquals("<" + KEY.substring(0, 7) + "*".repeat(KEY.length()) + ">", reply.body());
    }

    @Test
    void what_only_begins_like_the_key_is_passed_on_unchanged() {
        String body = KEY.substring(0, 12) + " " + KEY.substring(0, KEY.length() - 1);
        upstream.follow((_, _, out) -> Upstream.say(out, "200 OK", body));

        assertEquals(body, call("/lab/x", account).body());
    }

    @Test
    void the_bare_key_is_taken_out_where_the_credential_is_a_word_and_a_key() {
        upstream.follow((_, _, out) -> Upstream.say(out, "200 OK", "got " + KEY));

        silent(call("/worded/x", account));
    }

    @Test
    void a_compressed_answer_that_was_not_asked_for_is_not_passed_on() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(KEY.getBytes(StandardCharsets.UTF_8));
        }
        for (String coding : List.of("gzip", "br", "identity, gzip", "x-unknown")) {
            upstream.follow((_, _, out) -> {
                out.write(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(coding, zipped.size())
                                .getBytes(StandardCharsets.US_ASCII));
                zipped.writeTo(out);
                out.flush();
            });

            Wire.Reply reply = call("/lab/x", account);

            assertEquals(502, reply.status(), coding);
            assertTrue(reply.body().contains("\"step\":\"forward\""), reply.body());
        }
    }

    @Test
    void fields_that_belong_to_the_services_own_connection_stay_there() {
        upstream.follow((_, _, out) ->
                Upstream.say(
                        out,
                        "200 OK",
                        "fine",
                        "Connection: X-Hop",
                        "X-Hop: 1",
                        "Keep-Alive: timeout=5",
                        "Alt-Svc: h3=\":443\"",
                        "WWW-Authenticate: Basic",
                        "X-Kept: 1"));

        Wire.Reply reply = call("/lab/x", account);

        assertEquals("1", reply.field("x-kept"));
        for (String name :
                List.of("x-hop", "keep-alive", "alt-svc", "www-authenticate", "connection")) {
            assertEquals("", reply.field(name), name);
        }
    }
}
