package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 12: a service echoes its credential, sets cookies, or redirects with the credential in
/// the URL. Each test is able to fail: the mutation beside it was tried.
class Row12EchoTest {
    private static final String KEY = "k3y/with+signs=and&more/9f8e7d";

    private static Installation here;
    private static Upstream upstream;
    private static Upstream tokens;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Upstream.start(Upstream::fine);
        tokens =
                Upstream.start((request, in, out) -> {
                    Upstream.body(request, in);
                    Upstream.say(
                            out,
                            "200 OK",
                            "{\"access_token\":\"got-access-token-77\",\"expires_in\":600}");
                });
        here.register("lab", Lab.OPENAPI, upstream.url(), here.credential("header", "X-Key", KEY));
        here.register(
                "keyed",
                Lab.OPENAPI,
                upstream.url() + "/api",
                here.credential("query", "key", KEY));
        here.register(
                "oauth",
                Lab.OPENAPI,
                upstream.url(),
                Json.object()
                        .put("kind", "client_credentials")
                        .put("token_url", tokens.url() + "/token")
                        .put("client_id", "me")
                        .put("value", "client-secret")
                        .build());
        here.register(
                "aws",
                Lab.OPENAPI,
                upstream.url(),
                Json.object()
                        .put("kind", "aws_sigv4")
                        .put("access_key_id", "AKIDEXAMPLE")
                        .put("value", "the-secret-access-key")
                        .put("session_token", "the-session-token")
                        .put("region", "us-east-1")
                        .put("service", "execute-api")
                        .build());
    }

    /// The agent that may use one service only.
    private static Agent agent(String service) {
        return here.agent(
                "agent-" + service,
                "allow:\n  - service: %s\n    traits: [read, personal, secret]\n"
                        .formatted(service));
    }

    private static Agent.Opened open(String service) {
        return agent(service).open(Lab.READ);
    }

    private static Wire wire(String path) {
        return Wire.to(here.port(), agent(path.split("/", 3)[1]).tls());
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
        tokens.close();
    }

    private static Wire.Reply call(String path) {
        return call("GET", path, open(path.split("/", 3)[1]));
    }

    private static Wire.Reply call(String method, String path, Agent.Opened by) {
        try (Wire wire = wire(path)) {
            return wire.ask(
                    "%s %s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(method, path, by.bearer()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> forms(String secret) {
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        var out = new ArrayList<>(List.of(secret, url, url.toLowerCase(Locale.ROOT)));
        out.add(URLEncoder.encode(url, StandardCharsets.UTF_8));
        out.add(secret.replace("/", "\\/").replace("&", "\\u0026"));
        out.add(secret.replace("&", "&amp;").replace("=", "&#x3D;"));
        out.add(HexFormat.of().formatHex(bytes(secret)));
        out.add(HexFormat.of().withUpperCase().formatHex(bytes(secret)));
        return out;
    }

    /// Mutation: `Pattern.escapes` without `&#x…;`, or `Needles.of` without hexadecimal.
    @Test
    void every_form_of_the_key_is_overwritten_in_body_and_fields() {
        for (String form : forms(KEY)) {
            upstream.follow((_, _, out) ->
                    Upstream.say(out, "200 OK", "a " + form + " b", "X-Echo: " + form));

            Wire.Reply reply = call("/lab/x");

            assertEquals("a " + "*".repeat(form.length()) + " b", reply.body(), form);
            assertEquals("*".repeat(form.length()), reply.field("x-echo"), form);
        }
    }

    /// Mutation: `before < BASE64_GROUP` in `Needles.addBase64` made `before < 1`.
    @Test
    void the_key_inside_a_longer_base64_text_is_overwritten() {
        for (String before : List.of("{\"k\":\"", "key=", "api:1")) {
            String text = Base64.getEncoder().encodeToString(bytes(before + KEY + "\"}"));
            upstream.follow((_, _, out) -> Upstream.say(out, "200 OK", text));

            Wire.Reply reply = call("/lab/x");

            long stars = reply.body().chars().filter(c -> c == '*').count();
            assertTrue(stars >= KEY.length() * 4 / 3 - 2, reply.body());
        }
    }

    /// Mutation: `Relay` passes each chunk through a scrubber of its own.
    @Test
    void a_key_over_several_events_chunks_and_trailers_does_not_come_through() {
        upstream.follow((_, _, out) -> {
            out.write(
                    bytes(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nTrailer: X-Key\r\n\r\n"));
            for (String part :
                    List.of(
                            "data: " + KEY.substring(0, 9),
                            KEY.substring(9) + "\n\n",
                            "data: 2\n\n")) {
                out.write(bytes(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n"));
                out.flush();
            }
            out.write(bytes("0\r\nX-Key: " + KEY + "\r\n\r\n"));
            out.flush();
        });

        try (Wire wire = Wire.to(here.port(), agent("lab").tls())) {
            wire.send(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nAuthorization: %s\r\n\r\n"
                            .formatted(open("lab").bearer()));
            String all = read(wire);
            assertEquals(KEY.length(), all.chars().filter(c -> c == '*').count(), all);
            assertTrue(all.contains("data: 2"), all);
            assertFalse(all.contains(KEY.substring(9)), all);
        }
    }

    private static String read(Wire wire) {
        try {
            return new String(wire.in().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Mutation: `AwsSigner.put` returns `Needles.NONE`; `Injection.bearer` without needles.
    @Test
    void tokens_that_were_got_and_signatures_that_were_made_count_as_secrets() {
        upstream.follow((request, in, out) -> {
            Upstream.body(request, in);
            String said = request.field("authorization");
            Upstream.say(
                    out,
                    "200 OK",
                    said.substring(said.length() - 19)
                            + " "
                            + request.field("x-amz-security-token"));
        });

        assertEquals("*".repeat(19) + " ", call("/oauth/x").body());
        Wire.Reply signed = call("/aws/x");
        assertEquals("*".repeat(19).length() + 1 + 17, signed.body().length());
        assertFalse(signed.body().contains("the-session-token"), signed.body());
    }

    /// Mutation: `Redirects.rewrite` returns what it was given.
    @Test
    void a_redirect_leads_to_the_edge_or_away_without_the_key_and_never_to_another_scheme() {
        String base = upstream.url() + "/api";
        String[][] all = {
            {base + "/y?a=1&key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8), "/keyed/y?a=1"},
            {"/api/y#part", "/keyed/y#part"},
            {"z?b=2", "/keyed/z?b=2"},
            {"?page=2", "/keyed/x?page=2"},
            {"https://user:pass@elsewhere.example/p", "https://elsewhere.example/p"},
            {
                "https://elsewhere.example/?k=" + KEY.replace("&", "%26"),
                "https://elsewhere.example/?k=" + "*".repeat(KEY.length() + 2)
            },
            {"/outside", upstream.url() + "/outside"},
            {"javascript:alert(1)", ""},
            {"http://[broken", ""},
        };
        for (String[] one : all) {
            upstream.follow(
                    (_, _, out) -> Upstream.say(out, "302 Found", "", "Location: " + one[0]));

            Wire.Reply reply = call("/keyed/x");

            assertEquals(302, reply.status());
            assertEquals(one[1], reply.field("location"), one[0]);
            assertEquals(1, upstream.received().size(), "followed");
        }
    }

    /// Mutation: `HeaderRules.NOT_TO_AGENT` without `set-cookie`; `CookieJars.jar` without the
    /// account in its key.
    @Test
    void a_login_works_without_the_agent_ever_holding_the_cookie_and_is_nobody_elses() {
        here.operator()
                .send(
                        "PUT",
                        "/v1/services/shop",
                        Json.object()
                                .put("source", "shop")
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", upstream.url())
                                .put("cookies", "jar")
                                .build());
        String session = "s3ss10n-of-the-shop-0123456789";
        upstream.follow((request, in, out) -> {
            Upstream.body(request, in);
            String cookie = request.field("cookie");
            if (request.target().startsWith("/login")) {
                Upstream.say(
                        out,
                        "200 OK",
                        "hello",
                        "Set-Cookie: sid=" + session + "; Path=/; HttpOnly");
            } else {
                Upstream.say(
                        out,
                        cookie.contains(session) ? "200 OK" : "403 Forbidden",
                        "you sent " + cookie);
            }
        });
        Agent.Opened one = open("shop");
        Agent.Opened two = open("shop");

        assertEquals(403, call("GET", "/shop/cart", one).status());
        Wire.Reply login = call("GET", "/shop/login", one);
        Wire.Reply cart = call("GET", "/shop/cart", one);

        assertEquals(200, login.status());
        assertEquals("", login.field("set-cookie"));
        assertEquals(200, cart.status());
        assertEquals("you sent sid=" + "*".repeat(session.length()), cart.body());
        assertEquals(403, call("GET", "/shop/cart", two).status());
        assertEquals(403, call("/shop/cart").status());
    }
}
