package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.cli.Answer;
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

/// A service that accepts tokens bound to nothing, one that does not, and how to get such a token.
abstract class WithUnboundTokens {
    static Installation here;
    static Upstream upstream;
    static Agent agent;
    static HttpClient anonymous;

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

    static Answer register(boolean acceptUnbound) {
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
    static JsonFields asked(HttpClient over, Json.Obj details, String... resources) {
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

    static HttpResponse<String> send(HttpClient over, HttpRequest request) {
        try {
            return over.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Json.Obj task() {
        return Json.object().put("type", "agent_task").put("task", Lab.READ).build();
    }
}
