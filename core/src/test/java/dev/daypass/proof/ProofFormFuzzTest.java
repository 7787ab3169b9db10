package dev.daypass.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofFormFuzzTest {
    private static final ProvedRequest REQUEST =
            ProvedRequest.of("POST", "https://server.example.com/token");

    @FuzzTest
    void a_proof_is_refused_or_exactly_its_three_parts(byte[] input) {
        String compact = new String(input, StandardCharsets.ISO_8859_1);
        ProofForm proof;
        try {
            proof = ProofForm.parse(compact);
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return;
        }
        assertTrue(compact.length() <= ProofForm.CHARS_MAX);
        assertEquals(
                compact,
                new String(proof.signed(), StandardCharsets.US_ASCII)
                        + "."
                        + Base64Url.encode(proof.signature()));
        String normal = TargetUri.normal(proof.claims().uri());
        assertEquals(normal, normal == null ? null : TargetUri.normal(normal));
        proof.claims().objection(REQUEST, Instant.EPOCH);
    }

    @Test
    void a_damaged_proof_is_refused_or_exactly_its_three_parts() {
        List<String> proofs =
                Vectors.of("dpop.json").stream()
                        .map(vector -> vector.fields().string("proof"))
                        .toList();
        Check.forAll(
                10_000,
                random -> a_proof_is_refused_or_exactly_its_three_parts(damaged(random, proofs)));
    }

    /// Damaged inside its base64url, so that the damage arrives where it is read.
    private static byte[] damaged(Random random, List<String> proofs) {
        String[] parts = Gen.pick(random, proofs).split("\\.", -1);
        int at = random.nextInt(Math.min(2, parts.length));
        try {
            String text = new String(Base64Url.decode(parts[at]), StandardCharsets.UTF_8);
            parts[at] = Base64Url.encode(Gen.mutated(random, text, "{}[]\":,%./typalgjwk0-9"));
        } catch (WireException _) {
            // A vector that is no base64url is damaged enough.
        }
        return String.join(".", parts).getBytes(StandardCharsets.ISO_8859_1);
    }
}
