package dev.daypass.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.dpop.Proofs.Verdict;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.Base64Url;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final ProvedRequest REQUEST =
            ProvedRequest.with("token", "GET", "https://edge.example/lab/x");

    private final AtomicReference<Instant> wall =
            new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final Proofs proofs =
            new Proofs(
                    new Nonces(new byte[32], nanos::get),
                    new SeenProofs(100, nanos::get),
                    wall::get);
    private final Prover prover = new Prover();

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wall.updateAndGet(now -> now.plus(time));
    }

    private String proof(@Nullable String nonce) {
        return prover.proof(REQUEST, wall.get(), nonce);
    }

    private Verdict judge(String... fields) {
        return proofs.judge(List.of(fields), REQUEST, null);
    }

    private static String refused(Verdict verdict) {
        return assertInstanceOf(Verdict.Refused.class, verdict).why();
    }

    @Test
    void a_proof_with_the_nonce_that_was_given_out_proves_its_key() {
        Verdict.Proved proved =
                assertInstanceOf(Verdict.Proved.class, judge(proof(proofs.nonce())));

        assertEquals(prover.thumbprint(), proved.key());
        assertEquals(null, proved.renewed());
    }

    @Test
    void a_proof_without_a_nonce_or_with_one_of_nobody_is_told_to_take_one() {
        assertInstanceOf(Verdict.NonceWanted.class, judge(proof(null)));
        assertInstanceOf(Verdict.NonceWanted.class, judge(proof("")));
        assertInstanceOf(Verdict.NonceWanted.class, judge(proof("x".repeat(22))));
        assertInstanceOf(Verdict.NonceWanted.class, judge(proof(proofs.nonce() + "A")));
    }

    @Test
    void a_nonce_is_good_through_the_slot_after_its_own_and_then_a_new_one_is_given() {
        String first = proofs.nonce();

        pass(Nonces.SLOT);
        Verdict.Proved ageing = assertInstanceOf(Verdict.Proved.class, judge(proof(first)));
        assertEquals(proofs.nonce(), ageing.renewed());
        assertNotEquals(first, proofs.nonce());

        pass(Nonces.SLOT);
        assertInstanceOf(Verdict.NonceWanted.class, judge(proof(first)));
    }

    @Test
    void nonces_of_another_secret_are_not_good() {
        byte[] secret = new byte[32];
        secret[0] = 1;
        var elsewhere = new Nonces(secret, nanos::get);

        assertInstanceOf(Verdict.NonceWanted.class, judge(proof(elsewhere.current())));
    }

    @Test
    void there_is_one_field_with_one_proof() {
        String proof = proof(proofs.nonce());

        assertTrue(refused(judge()).contains("no `DPoP`"));
        assertTrue(refused(judge(proof, proof)).contains("more than one"));
        refused(judge(proof + ", " + proof));
        refused(judge(""));
    }

    @Test
    void a_proof_of_another_key_than_the_tokens_is_refused_before_its_nonce_matters() {
        Verdict verdict =
                proofs.judge(List.of(proof(null)), REQUEST, new KeyThumbprint.Jwk("A".repeat(43)));

        assertTrue(refused(verdict).contains("another key"));
    }

    @Test
    void a_signature_that_does_not_hold_is_refused() {
        String proof = proof(proofs.nonce());
        int last = proof.lastIndexOf('.');
        byte[] signature = Base64Url.decode(proof.substring(last + 1));
        signature[7] ^= 1;

        Verdict verdict = judge(proof.substring(0, last + 1) + Base64Url.encode(signature));

        assertTrue(refused(verdict).contains("signature"));
    }

    @Test
    void a_clock_that_is_set_back_brings_no_used_proof_back() {
        Verdict.Proved proved =
                assertInstanceOf(Verdict.Proved.class, judge(proof(proofs.nonce())));
        String again = proof(proofs.nonce());
        assertEquals(SeenProofs.Use.FIRST, proofs.use("agent", proved));

        nanos.addAndGet(SeenProofs.KEPT.toNanos());

        assertInstanceOf(Verdict.NonceWanted.class, judge(again));
    }

    @Test
    void a_proof_is_used_once_and_another_key_may_have_the_same_id() {
        String id = "the same";
        Prover other = new Prover();
        Verdict.Proved ours =
                assertInstanceOf(
                        Verdict.Proved.class,
                        judge(prover.proof(REQUEST, wall.get(), proofs.nonce(), id)));
        Verdict.Proved theirs =
                assertInstanceOf(
                        Verdict.Proved.class,
                        judge(other.proof(REQUEST, wall.get(), proofs.nonce(), id)));

        assertEquals(SeenProofs.Use.FIRST, proofs.use("agent", ours));
        assertEquals(SeenProofs.Use.AGAIN, proofs.use("agent", ours));
        assertEquals(SeenProofs.Use.AGAIN, proofs.use("another", ours));
        assertEquals(SeenProofs.Use.FIRST, proofs.use("agent", theirs));
    }
}
