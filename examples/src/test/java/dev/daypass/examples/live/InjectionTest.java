package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How the edge gets into services that want more than a fixed key.
class InjectionTest {
    private Installation here;
    private Upstream service;
    private Upstream tokens;
    private Agent agent;
    private Agent.Opened account;

    /// What the authorization server gave, and what is good at it.
    private final List<String> forms = new CopyOnWriteArrayList<>();

    private final AtomicInteger given = new AtomicInteger();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private volatile String goodRefresh = "refresh-token-1";
    private volatile long seconds = 3_600;

    @BeforeEach
    void start() {
        here = Installation.start();
        service = Upstream.start(this::guarded);
        tokens = Upstream.start(this::rotating);
        agent = here.agent("agent");
    }

    @AfterEach
    void stop() {
        here.close();
        service.close();
        tokens.close();
    }

    private void register(JsonObjectBuilder credential) {
        here.register("lab", Lab.OPENAPI, service.url(), credential.build());
        account = agent.open(Lab.ALL);
    }

    private JsonObjectBuilder oauth(String kind, String value) {
        return Json.object()
                .put("kind", kind)
                .put("token_url", tokens.url() + "/token")
                .put("client_id", "me")
                .put("value", value);
    }

    /// Takes only tokens that were given and not revoked.
    private void guarded(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        Upstream.body(request, in);
        String field = request.field("authorization");
        String token = field.startsWith("Bearer ") ? field.substring(7) : "";
        boolean good = token.startsWith("access-token-") && !revoked.contains(token);
        Upstream.say(out, good ? "200 OK" : "401 Unauthorized", good ? "fine" : "who are you");
    }

    /// Gives a new refresh token each time, and takes each once.
    private synchronized void rotating(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        String form = new String(Upstream.body(request, in), StandardCharsets.US_ASCII);
        forms.add(form);
        boolean refresh = form.contains("grant_type=refresh_token");
        if (refresh && !form.contains("refresh_token=" + goodRefresh)) {
            Upstream.say(out, "400 Bad Request", "{\"error\":\"invalid_grant\"}");
            return;
        }
        int number = given.incrementAndGet();
        goodRefresh = "refresh-token-" + (number + 1);
        Upstream.say(
                out,
                "200 OK",
                "{\"access_token\":\"access-token-%d\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}"
                        .formatted(
                                number,
                                seconds,
                                refresh ? ",\"refresh_token\":\"" + goodRefresh + "\"" : ""));
    }

    private Answer call() {
        return agent.call("GET", "/lab/x", account);
    }

    @Test
    void a_cookie_goes_in_where_the_agents_own_is_dropped() {
        register(
                Json.object()
                        .put("kind", "cookie")
                        .put("name", "sid")
                        .put("value", "s3cret-s3cret"));
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.ask(
                    "GET /lab/x HTTP/1.1\r\nHost: e\r\nCookie: sid=mine; a=b\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
        }
        assertEquals(List.of("sid=s3cret-s3cret"), service.last().all("cookie"));
    }

    @Test
    void a_refresh_token_is_exchanged_once_for_all_who_wait_and_rotated_durably() throws Exception {
        register(oauth("refresh_token", "refresh-token-1"));

        var statuses = new CopyOnWriteArrayList<Integer>();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 24; i++) {
            callers.add(Thread.ofVirtual().start(() -> statuses.add(call().status())));
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertEquals(24, statuses.stream().filter(status -> status == 200).count());
        assertEquals(1, forms.size());
        assertEquals(
                "grant_type=refresh_token&refresh_token=refresh-token-1&client_id=me",
                forms.getFirst());
        String ledger = Ledger.of(here);
        assertTrue(ledger.contains("CredentialRenewed"), ledger);
        assertFalse(ledger.contains("refresh-token"));
    }

    @Test
    void a_rotated_refresh_token_is_the_next_that_is_sent() {
        seconds = 0;
        register(oauth("refresh_token", "refresh-token-1"));

        assertEquals(200, call().status());
        assertEquals(200, call().status());
        assertEquals(200, call().status());

        assertEquals(3, forms.size());
        assertTrue(forms.get(1).contains("refresh_token=refresh-token-2"), forms.get(1));
        assertTrue(forms.get(2).contains("refresh_token=refresh-token-3"), forms.get(2));
    }

    @Test
    void a_refresh_token_that_is_not_taken_any_more_is_told_and_not_tried_again_and_again() {
        register(oauth("refresh_token", "stale-refresh-token"));

        Answer first = call();
        call();

        assertEquals(502, first.status());
        assertTrue(first.bodyText().contains("invalid_grant"), first.bodyText());
        assertTrue(first.bodyText().contains("register `lab` anew"), first.bodyText());
        assertFalse(first.bodyText().contains("stale-refresh-token"));
        assertEquals(1, forms.size());
        assertEquals(0, service.received().size());

        register(oauth("refresh_token", "refresh-token-1"));
        assertEquals(200, call().status());
    }

    @Test
    void a_read_is_made_once_again_with_a_new_token_where_the_old_one_was_revoked() {
        register(oauth("client_credentials", "client-secret"));
        assertEquals(200, call().status());
        revoked.add("access-token-1");

        assertEquals(200, call().status());

        assertEquals(2, forms.size());
        assertEquals("Bearer access-token-2", service.last().field("authorization"));
    }

    @Test
    void a_call_that_changes_something_is_never_made_twice() {
        register(oauth("client_credentials", "client-secret"));
        assertEquals(200, call().status());
        revoked.add("access-token-1");
        service.follow(this::guarded);

        assertEquals(401, agent.call("POST", "/lab/x", account).status());

        assertEquals(1, service.received().size());
    }

    @Test
    void an_agent_that_provokes_refusals_does_not_flood_the_token_endpoint() {
        register(oauth("client_credentials", "client-secret"));
        service.follow((request, in, out) -> {
            Upstream.body(request, in);
            Upstream.say(out, "401 Unauthorized", "never");
        });

        for (int i = 0; i < 10; i++) {
            assertEquals(401, call().status());
        }

        assertEquals(1, forms.size());
    }

    @Test
    void a_client_proves_itself_as_its_server_wants() throws Exception {
        register(oauth("client_credentials", "s3cret&client").put("scope", "a b"));
        assertEquals(200, call().status());
        assertEquals("grant_type=client_credentials&scope=a+b", forms.getLast());
        assertEquals(
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        "me:s3cret%26client".getBytes(StandardCharsets.US_ASCII)),
                tokens.last().field("authorization"));

        register(
                oauth("client_credentials", "s3cret&client")
                        .put("auth", "client_secret_post")
                        .put("audience", "https://api"));
        assertEquals(200, call().status());
        assertEquals(
                "grant_type=client_credentials&audience=https%3A%2F%2Fapi&client_secret=s3cret%26client&client_id=me",
                forms.getLast());
        assertEquals("", tokens.last().field("authorization"));

        register(
                Json.object()
                        .put("kind", "client_credentials")
                        .put("token_url", tokens.url() + "/token")
                        .put("client_id", "me")
                        .put("auth", "private_key_jwt")
                        .put("private_key", agent.key().pem()));
        assertEquals(200, call().status());
        assertAssertion(forms.getLast());
    }

    private void assertAssertion(String form) throws Exception {
        assertTrue(form.contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"), form);
        String jwt = form.replaceFirst(".*client_assertion=([^&]*).*", "$1");
        String[] parts = jwt.split("\\.", -1);
        var verifier = java.security.Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(agent.chain()[0].getPublicKey());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(verifier.verify(Base64.getUrlDecoder().decode(parts[2])));
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertTrue(claims.contains("\"iss\":\"me\""), claims);
        assertTrue(claims.contains("\"sub\":\"me\""), claims);
        assertTrue(claims.replace("\\/", "/").contains(tokens.url() + "/token"), claims);
    }
}
