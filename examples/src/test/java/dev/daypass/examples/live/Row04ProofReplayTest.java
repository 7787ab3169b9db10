package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Threat 4: a DPoP proof is replayed, for another method or URL, old, or from the future.
///
/// Mutations that make it fail: in `SeenProofs.use`, answer `FIRST` without `putIfAbsent`
/// (`a_proof_that_was_used…`, `of_twenty…`); in `ProofClaims.objection`, leave out any one of the
/// checks of `htm`, `htu`, `iat` and `ath` (`a_proof_for_another…`, `an_old_proof…`); in
/// `Nonces.judge`, take any nonce (`a_proof_without…`); in `TokenCheck.external`, take the host
/// from the request (`…its_own_host`); in `HeaderRules`, let `dpop` through (`no_proof_reaches…`).
class Row04ProofReplayTest extends WithProver {
    private String proof(UnaryOperator<JWTClaimsSet.Builder> change) {
        return prover.proof("GET", "/lab/x", token, change);
    }

    private void refused(String error, String step, HttpResponse<String> answer) {
        assertEquals(401, answer.statusCode(), answer.body());
        String challenge = Prover.challenge(answer);
        assertTrue(challenge.startsWith("DPoP algs=\"ES256\", error=\"" + error + "\""), challenge);
        assertTrue(challenge.contains("resource_metadata="), challenge);
        JsonFields problem = JsonFields.of(Json.parse(answer.body()));
        assertEquals(step, problem.string("step"), answer.body());
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
        assertTrue(problem.string("next").contains("proof"), answer.body());
        assertEquals(List.of(), upstream.received());
    }

    private void refusedProof(String why, String proof) {
        HttpResponse<String> answer = prover.send("GET", "/lab/x", token, proof);
        refused("invalid_dpop_proof", "verify", answer);
        assertTrue(answer.body().contains(why), answer.body());
    }

    @Test
    void a_fresh_proof_for_each_call_gets_through_without_a_certificate() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = prover.call("GET", "/lab/x?q=" + i, token);
            assertEquals(200, answer.statusCode(), answer.body());
        }
        assertEquals(3, upstream.received().size());
    }

    @Test
    void no_proof_reaches_the_service_and_no_token() {
        prover.call("GET", "/lab/x", token);

        assertEquals("", upstream.last().field("dpop"));
        assertEquals("Bearer " + Lab.KEY, upstream.last().field("authorization"));
    }

    @Test
    void a_proof_that_was_used_is_refused() {
        String proof = prover.proof("GET", "/lab/x", token);
        int before = usedBefore();
        assertEquals(200, prover.send("GET", "/lab/x", token, proof).statusCode());
        upstream.follow(Upstream::fine);

        refused("invalid_dpop_proof", "fresh", prover.send("GET", "/lab/x", token, proof));
        Await.until("it is recorded", () -> usedBefore() == before + 1);
    }

    private static int usedBefore() {
        return Ledger.of(here).split("proof was used before", -1).length - 1;
    }

    @Test
    void of_twenty_uses_of_one_proof_at_once_exactly_one_succeeds() {
        String proof = prover.proof("GET", "/lab/x", token);

        List<Integer> statuses =
                Crowd.of(20, () -> prover.send("GET", "/lab/x", token, proof).statusCode());

        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), "" + statuses);
        assertEquals(19, statuses.stream().filter(status -> status == 401).count(), "" + statuses);
        assertEquals(1, upstream.received().size());
    }

    @Test
    void a_proof_for_another_method_or_url_is_refused() {
        refusedProof("`htm`", prover.proof("POST", "/lab/x", token));
        refusedProof("`htm`", proof(claims -> claims.claim("htm", "get")));
        refusedProof("`htu`", prover.proof("GET", "/lab/y", token));
        refusedProof("`htu`", prover.proof("GET", "/lab/x/", token));
        refusedProof("`htu`", proof(claims -> claims.claim("htu", "https://thief.example/lab/x")));
        refusedProof("`htu`", proof(claims -> claims.claim("htu", "/lab/x")));
    }

    @Test
    void a_proof_cannot_bring_its_own_host() {
        String proof = proof(claims -> claims.claim("htu", "https://thief.example/lab/x"));
        try (Wire wire = Wire.to(here.port(), Tls.anonymous(agent.authority()))) {
            Wire.Reply reply =
                    wire.ask(
                            """
                            GET /lab/x HTTP/1.1\r
                            Host: thief.example\r
                            X-Forwarded-Host: thief.example\r
                            Authorization: DPoP %s\r
                            DPoP: %s\r
                            \r
                            """
                                    .formatted(token.reveal(), proof));
            assertEquals(401, reply.status(), reply.body());
            assertTrue(reply.body().contains("`htu`"), reply.body());
        }
    }

    @Test
    void an_old_proof_and_one_from_the_future_are_refused() {
        Instant now = Instant.now();
        refusedProof("older", proof(c -> c.issueTime(Date.from(now.minusSeconds(120)))));
        refusedProof("future", proof(c -> c.issueTime(Date.from(now.plusSeconds(120)))));
        refusedProof("`exp`", proof(c -> c.expirationTime(Date.from(now.minusSeconds(120)))));
        refusedProof("`nbf`", proof(c -> c.notBeforeTime(Date.from(now.plusSeconds(120)))));
    }

    @Test
    void a_proof_for_another_token_or_for_none_is_refused() {
        Secret other = prover.open(agent, Lab.READ).token();

        refusedProof("`ath`", prover.proof("GET", "/lab/x", other));
        refusedProof("`ath`", proof(claims -> claims.claim("ath", null)));
    }

    @Test
    void a_proof_without_a_nonce_or_with_an_unknown_one_is_told_the_nonce() {
        for (String nonce : List.of("none", "", "AAAAAAAAAAAAAAAAAAAAAA")) {
            HttpResponse<String> answer =
                    prover.send(
                            "GET",
                            "/lab/x",
                            token,
                            proof(c -> c.claim("nonce", nonce.equals("none") ? null : nonce)));

            refused("use_dpop_nonce", "fresh", answer);
            assertEquals(1, answer.headers().allValues("dpop-nonce").size());
        }
        assertEquals(200, prover.call("GET", "/lab/x", token).statusCode());
    }

    @Test
    void there_must_be_exactly_one_proof() {
        String one = prover.proof("GET", "/lab/x", token);
        String two = prover.proof("GET", "/lab/x", token);
        String authorization = "DPoP " + token.reveal();

        refused("invalid_dpop_proof", "verify", prover.send("GET", "/lab/x", authorization));
        refused(
                "invalid_dpop_proof",
                "verify",
                prover.send("GET", "/lab/x", authorization, one, two));
        refused(
                "invalid_dpop_proof",
                "verify",
                prover.send("GET", "/lab/x", authorization, one + ", " + two));
        assertEquals(200, prover.send("GET", "/lab/x", token, one).statusCode(), "not used up");
    }

    @Test
    void a_proof_that_is_refused_is_not_used_up() {
        String proof = prover.proof("GET", "/lab/x", token);

        refused("invalid_dpop_proof", "verify", prover.send("GET", "/lab/y", token, proof));

        assertEquals(200, prover.send("GET", "/lab/x", token, proof).statusCode());
    }
}
