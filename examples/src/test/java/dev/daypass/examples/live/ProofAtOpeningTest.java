package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An account that is opened with a DPoP proof, or for a key.
class ProofAtOpeningTest {
    private static final String PATH = "/v1/accounts";

    private static Installation here;
    private static Upstream upstream;
    private static Agent owner;
    private static HttpClient certified;

    private final Prover prover = new Prover(owner);

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        owner = here.agent("owner");
        certified = owner.http(HttpClient.Version.HTTP_1_1);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private HttpResponse<String> open(@Nullable Json key, String... proofs) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(here.issuer().resolve(PATH))
                        .header("content-type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.object()
                                                .put("task", Lab.READ)
                                                .put("key", key)
                                                .build()
                                                .text()));
        List.of(proofs).forEach(proof -> request.header("dpop", proof));
        try {
            HttpResponse<String> answer =
                    certified.send(request.build(), HttpResponse.BodyHandlers.ofString());
            prover.hear(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String proof() {
        return prover.proof("POST", PATH, null, claims -> claims);
    }

    private static String kind(HttpResponse<String> answer) {
        assertEquals(400, answer.statusCode(), answer.body());
        String type = JsonFields.of(Json.parse(answer.body())).string("type");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    @Test
    void a_proof_binds_the_account_once_it_has_the_nonce() {
        assertEquals("nonce-wanted", kind(open(null, proof())));

        HttpResponse<String> opened = open(null, proof());

        assertEquals(201, opened.statusCode(), opened.body());
        JsonFields account = JsonFields.of(Json.parse(opened.body()));
        Secret token = Secret.of(account.string("access_token"));
        assertEquals("DPoP", account.string("token_type"));
        assertEquals(200, prover.call("GET", "/lab/x", token).statusCode());
        assertEquals(401, owner.client().call("GET", "/lab/x", token).status());
    }

    @Test
    void a_renewed_token_is_bound_to_the_same_key() {
        Agent.Opened account = prover.open(owner, Lab.READ);

        JsonFields renewed =
                JsonFields.of(owner.send("POST", "/v1/accounts/" + account.id() + "/token").json());

        assertEquals("DPoP", renewed.string("token_type"));
        Secret token = Secret.of(renewed.string("access_token"));
        assertEquals(200, prover.call("GET", "/lab/x", token).statusCode());
    }

    @Test
    void a_proof_that_does_not_hold_opens_nothing() {
        open(null, proof());
        String used = proof();
        assertEquals(201, open(null, used).statusCode());

        assertEquals("invalid-proof", kind(open(null, used)));
        assertEquals("invalid-proof", kind(open(null, proof(), proof())));
        assertEquals("invalid-proof", kind(open(null, "x.y.z")));
        String elsewhere = prover.proof("POST", "/oauth2/token", null, claims -> claims);
        assertEquals("invalid-proof", kind(open(null, elsewhere)));
    }

    @Test
    void a_key_must_be_public_and_that_of_the_proof() {
        open(null, proof());
        assertEquals(201, open(prover.key(), proof()).statusCode());

        assertEquals("malformed-request", kind(open(new Prover(owner).key(), proof())));
        HttpResponse<String> secret = open(prover.privateKey());
        assertEquals("malformed-request", kind(secret));
        assertTrue(secret.body().contains("private"), secret.body());
    }
}
