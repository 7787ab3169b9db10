package dev.daypass.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Vectors;
import dev.daypass.proof.ProofForm;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProofVectorsTest {
    private static ProvedRequest request(JsonFields fields) {
        String method = fields.string("method");
        String uri = fields.string("uri");
        String token = fields.stringOrNull("token");
        return token == null
                ? ProvedRequest.of(method, uri)
                : ProvedRequest.with(token, method, uri);
    }

    /// Everything but nonce and replay, which vectors cannot have: the thumbprint, or what is
    /// wrong.
    private static String judged(String compact, ProvedRequest request, Instant now) {
        try {
            ProofForm proof = ProofForm.parse(compact);
            var judge =
                    new Proofs(
                            new Nonces(new byte[32], () -> 0),
                            new SeenProofs(10, () -> 0),
                            InstantSource.fixed(now));
            return switch (judge.judge(List.of(compact), request, null)) {
                case Proofs.Verdict.Refused(var why) -> why;
                case Proofs.Verdict.Proved _ -> "proved without a nonce";
                case Proofs.Verdict.NonceWanted _ -> {
                    ProofKey key = ProofKey.of(proof.jwk());
                    yield key.verifies(proof.algorithm(), proof.signed(), proof.signature())
                            ? key.thumbprint().value()
                            : "signature does not hold";
                }
            };
        } catch (WireException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void every_vector_has_its_key_or_its_failure() {
        for (Vectors.Vector vector : Vectors.of("dpop.json")) {
            JsonFields fields = vector.fields();
            String judged =
                    judged(
                            fields.string("proof"),
                            request(fields),
                            Instant.ofEpochSecond(fields.longValue("now")));
            String failure = fields.stringOrNull("failure");
            if (failure == null) {
                assertEquals(fields.string("jkt"), judged, vector.name());
            } else {
                assertTrue(
                        judged.toLowerCase(Locale.ROOT).contains(failure.toLowerCase(Locale.ROOT)),
                        vector.name() + ": " + judged);
            }
            fields.stringOrNull("jkt");
            fields.end();
        }
    }
}
