package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Threat 1 for tokens that are bound to a DPoP key: stolen, and used with another key, without
/// one, or in another way than they were made for. `Row01CertificateTest` has the same for
/// certificates.
///
/// Mutations that make it fail: in `Proofs.judge`, do not compare with `bound` (`…another_key`); in
/// `TokenCheck.held`, let a token that is bound to a key pass where a certificate was shown
/// (`…as_bearer…`), or one that is bound to a certificate where a proof was (`…with_a_proof`); in
/// `TokenCheck.authenticate`, take the first of two `Authorization` fields, or do not ask for one
/// token (`both_schemes…`).
class Row01StolenTokenTest extends WithProver {
    private static void refused(HttpResponse<String> answer, String why) {
        assertEquals(401, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(why), answer.body());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void a_token_with_a_proof_of_another_key_is_refused() {
        var thief = new Prover(agent);

        refused(thief.call("GET", "/lab/x", token), "another key");
    }

    @Test
    void a_token_with_a_proof_that_was_seen_on_its_way_is_good_for_nothing_else() {
        String proof = prover.proof("GET", "/lab/x", token);

        refused(prover.send("GET", "/lab/y", token, proof), "`htu`");
    }

    @Test
    void a_token_that_is_bound_to_a_key_is_refused_as_bearer() {
        Answer byItsOwner = agent.client().call("GET", "/lab/x", token);
        assertEquals(401, byItsOwner.status());
        assertTrue(byItsOwner.bodyText().contains("its scheme is DPoP"), byItsOwner.bodyText());

        HttpResponse<String> anonymous = prover.send("GET", "/lab/x", "Bearer " + token.reveal());
        refused(anonymous, "no client certificate");
        assertTrue(
                Prover.challenge(anonymous).contains("DPoP algs=\"ES256\""),
                Prover.challenge(anonymous));
    }

    @Test
    void a_token_that_is_bound_to_a_certificate_is_refused_with_a_proof() {
        Secret certified = agent.open(Lab.READ).token();

        refused(prover.call("GET", "/lab/x", certified), "bound to a certificate");
    }

    @Test
    void both_schemes_at_once_are_refused() {
        String proof = prover.proof("GET", "/lab/x", token);
        String dpop = "DPoP " + token.reveal();
        String bearer = "Bearer " + agent.open(Lab.READ).token().reveal();

        for (String field :
                List.of(
                        dpop + "\r\nAuthorization: " + bearer,
                        bearer + "\r\nAuthorization: " + dpop,
                        bearer + ", " + dpop,
                        dpop + ", " + bearer,
                        bearer)) {
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                Wire.Reply reply =
                        wire.ask(
                                "GET /lab/x HTTP/1.1\r\nHost: edge\r\nDPoP: %s\r\nAuthorization: %s\r\n\r\n"
                                        .formatted(proof, field));
                assertEquals(400, reply.status(), reply.body());
                assertTrue(reply.body().contains("\"step\":\"authenticate\""), reply.body());
            }
        }
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void the_scheme_is_not_case_sensitive() {
        String proof = prover.proof("GET", "/lab/x", token);

        assertEquals(
                200, prover.send("GET", "/lab/x", "dPoP " + token.reveal(), proof).statusCode());
    }

    @Test
    void an_ended_account_is_refused_whatever_is_proved() {
        Agent.Opened account = prover.open(agent, Lab.READ);
        agent.send("POST", "/v1/accounts/" + account.id() + "/complete");

        refused(prover.call("GET", "/lab/x", account.token()), "has ended");
    }
}
