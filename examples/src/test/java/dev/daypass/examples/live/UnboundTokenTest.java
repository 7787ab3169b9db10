package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that are bound to no key: who can get one, and where it is good.
///
/// Mutations that make it fail: in `Directory.View.acceptUnbound`, do not ask the services; in
/// `ShownKeys.of`, answer `NothingShown` where there is a certificate, too; in
/// `TokenCheck.unbound`, do not ask the route; in `Minting.token`, leave out `UNBOUND_TTL_MAX`; in
/// `Widenings.begin`, widen what is bound to nothing. `OpeningLine.binding` asks the services a
/// second time, after `Registry.settled`: either alone holds.
class UnboundTokenTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static HttpClient anonymous;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab", "strict");
        agent = here.agent("owner");
        anonymous =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(Tls.anonymous(agent.authority()))
                        .build();
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void loosen() {
        register(true);
        upstream.follow(Upstream::fine);
    }

    private static Answer register(boolean acceptUnbound) {
        return Installation.must(
                here.operator()
                        .send(
                                "PUT",
                                "/v1/services/lab",
                                Json.object()
                                        .put("source", "lab")
                                        .put("openapi", Lab.OPENAPI)
                                        .put("upstream", upstream.url())
                                        .put("credential", here.credential("bearer", "", Lab.KEY))
                                        .put("accept_unbound", acceptUnbound)
                                        .build()));
    }

    private static String assertion() {
        Instant now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer("owner")
                        .subject("owner")
                        .audience(here.issuer().toString())
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .build();
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
            jwt.sign(new ECDSASigner((ECPrivateKey) agent.key().key()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Asks for a token with an assertion, over a connection with or without a certificate.
    private static JsonFields asked(HttpClient over, Json.Obj details, String... resources) {
        Map<String, String> form =
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "authorization_details",
                        Json.array(List.of(details)).text(),
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion());
        String body =
                form.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        for (String resource : resources) {
            body += "&resource=" + encoded(here.issuer() + "/" + resource);
        }
        HttpRequest request =
                HttpRequest.newBuilder(here.issuer().resolve("/oauth2/token"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = send(over, request);
        assertEquals(200, answer.statusCode(), answer.body());
        return JsonFields.of(Json.parse(answer.body()));
    }

    private static HttpResponse<String> send(HttpClient over, HttpRequest request) {
        try {
            return over.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Json.Obj task() {
        return Json.object().put("type", "agent_task").put("task", Lab.READ).build();
    }

    private static JsonFields claims(JsonFields issued) {
        String payload = issued.string("access_token").split("\\.", -1)[1];
        return JsonFields.of(
                Json.parse(new String(Base64Url.decode(payload), StandardCharsets.UTF_8)));
    }

    private static boolean bound(JsonFields issued) {
        JsonFields claims = claims(issued);
        boolean bound = claims.take("cnf") != null;
        assertEquals(!bound, claims.booleanOr("unbound", false));
        return bound;
    }

    private static HttpResponse<String> call(String path, Secret token) {
        return send(
                anonymous,
                HttpRequest.newBuilder(here.issuer().resolve(path))
                        .header("authorization", "Bearer " + token.reveal())
                        .build());
    }

    @Test
    void a_client_that_shows_nothing_gets_one_for_services_that_all_take_it_and_calls_with_it() {
        JsonFields issued = asked(anonymous, task(), "lab");
        Secret token = Secret.of(issued.string("access_token"));

        assertTrue(!bound(issued));
        assertEquals("Bearer", issued.string("token_type"));
        assertTrue(issued.longValue("expires_in") <= 300);
        assertEquals(200, call("/lab/x", token).statusCode());
        assertEquals(200, agent.client().call("GET", "/lab/x", token).status());
        assertEquals("Bearer " + Lab.KEY, upstream.last().field("authorization"));
    }

    @Test
    void it_is_bound_where_a_service_wants_it_or_none_is_named() {
        assertTrue(bound(asked(anonymous, task(), "lab", "strict")));
        assertTrue(bound(asked(anonymous, task(), "strict")));
        assertTrue(bound(asked(anonymous, task())));
        register(false);
        assertTrue(bound(asked(anonymous, task(), "lab")));
    }

    @Test
    void it_is_bound_where_anything_was_shown() {
        HttpClient certified = agent.http(HttpClient.Version.HTTP_1_1);
        Json key = new Prover(agent).key();

        assertTrue(bound(asked(certified, task(), "lab")));
        JsonFields keyed =
                asked(
                        anonymous,
                        Json.object()
                                .put("type", "agent_task")
                                .put("task", Lab.READ)
                                .put("key", key)
                                .build(),
                        "lab");
        assertTrue(bound(keyed));
        assertEquals("DPoP", keyed.string("token_type"));
        Agent.Opened opened =
                agent.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("services", Json.strings(List.of("lab")))
                                .build());
        assertEquals(401, call("/lab/x", opened.token()).statusCode(), "bound stays bound");
    }

    @Test
    void an_operator_ends_it_for_tokens_that_are_out_already() {
        Secret token = Secret.of(asked(anonymous, task(), "lab").string("access_token"));
        assertEquals(200, call("/lab/x", token).statusCode());

        register(false);

        assertEquals(401, call("/lab/x", token).statusCode());
        Answer certified = agent.client().call("GET", "/lab/x", token);
        assertEquals(401, certified.status());
        assertTrue(certified.bodyText().contains("bound to no key"), certified.bodyText());
    }

    @Test
    void it_is_good_nowhere_else_and_not_with_a_proof() {
        Secret token = Secret.of(asked(anonymous, task(), "lab").string("access_token"));
        var prover = new Prover(agent);

        assertEquals(401, call("/strict/x", token).statusCode());
        HttpResponse<String> proved = prover.call("GET", "/lab/x", token);
        assertEquals(401, proved.statusCode());
        assertTrue(proved.body().contains("its scheme is Bearer"), proved.body());
    }

    @Test
    void its_account_is_not_widened_and_no_certificate_renews_it() {
        JsonFields issued = asked(anonymous, task(), "lab");
        String account = claims(issued).string("sub");

        Answer widened =
                agent.client()
                        .send(
                                "POST",
                                "/v1/accounts/" + account + "/widen",
                                Json.object().put("reason", "create a thing").build());
        assertEquals(403, widened.status(), widened.bodyText());
        Answer renewed = agent.send("POST", "/v1/accounts/" + account + "/token");
        assertEquals(403, renewed.status(), renewed.bodyText());
    }

    @Test
    void it_is_loud() {
        String account = claims(asked(anonymous, task(), "lab")).string("sub");

        assertTrue(register(true).bodyText().contains("bound to no key"));
        Answer listed = here.operator().send("GET", "/v1/services", null);
        assertTrue(listed.bodyText().contains("\"accept_unbound\":true"), listed.bodyText());
        assertTrue(here.account(account).bodyText().contains("\"unbound\":true"));
        String ledger = Ledger.of(here);
        assertTrue(ledger.contains("\"accept_unbound\":true"));
        assertTrue(ledger.contains("\"unbound\":true"));
    }
}
