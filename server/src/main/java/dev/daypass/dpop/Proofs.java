package dev.daypass.dpop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.proof.ProofClaims;
import dev.daypass.proof.ProofForm;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges DPoP proofs (RFC 9449, section 4.3): first what costs little, then the signature, and
/// last, by [#use], whether it was used before. Shared by broker and edge. Thread-safe.
public final class Proofs {
    /// The request field that a proof comes in.
    public static final String FIELD = "dpop";

    /// The answer field that says which nonce to use from now on.
    public static final String NONCE_FIELD = "dpop-nonce";

    private static final int KEYS_MAX = 10_000;

    private final Nonces nonces;
    private final SeenProofs seen;
    private final InstantSource clock;

    /// A client sends the same key with each proof; reading one costs half as much as a signature.
    private final Cache<Json.Obj, ProofKey> keys =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).executor(Runnable::run).build();

    public Proofs(Nonces nonces, SeenProofs seen, InstantSource clock) {
        this.nonces = nonces;
        this.seen = seen;
        this.clock = clock;
    }

    /// What became of a proof.
    public sealed interface Verdict {
        /// Everything holds; whether it was used before is still to be asked.
        ///
        /// @param key its key
        /// @param id its `jti`
        /// @param renewed the nonce that the caller should use from now on; `null` while its own is
        ///   the current one
        record Proved(KeyThumbprint.Jwk key, String id, @Nullable String renewed)
                implements Verdict {}

        /// `invalid_dpop_proof`.
        ///
        /// @param why fit to be shown
        record Refused(String why) implements Verdict {}

        /// `use_dpop_nonce`: everything but the signature was looked at, and holds.
        ///
        /// @param why fit to be shown
        record NonceWanted(String why) implements Verdict {}
    }

    /// @param fields the values of every `DPoP` field of the request: there must be one
    /// @param request what it must be for
    /// @param bound the key that it must be signed with; `null` for any
    public Verdict judge(
            List<String> fields, ProvedRequest request, KeyThumbprint.@Nullable Jwk bound) {
        if (fields.size() != 1) {
            return new Verdict.Refused(
                    fields.isEmpty()
                            ? "the request carries no `DPoP` field"
                            : "the request carries more than one `DPoP` field");
        }
        try {
            return judge(ProofForm.parse(fields.getFirst()), request, bound);
        } catch (WireException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Verdict judge(
            ProofForm proof, ProvedRequest request, KeyThumbprint.@Nullable Jwk bound) {
        ProofClaims claims = proof.claims();
        if (!ProofKey.ALGORITHMS.contains(proof.algorithm())) {
            return new Verdict.Refused(
                    "proof's `alg` is not permitted; permitted: "
                            + String.join(", ", ProofKey.ALGORITHMS));
        }
        ProofKey key = keys.get(proof.jwk(), ProofKey::of);
        String objection = claims.objection(request, clock.instant());
        if (!objection.isEmpty()) {
            return new Verdict.Refused(objection);
        }
        if (bound != null && !bound.equals(key.thumbprint())) {
            return new Verdict.Refused("token is bound to another key than the proof's");
        }
        Nonces.Age age = claims.nonce() == null ? null : nonces.judge(claims.nonce());
        if (age == null || age == Nonces.Age.UNKNOWN) {
            return new Verdict.NonceWanted(
                    age == null
                            ? "the proof needs a nonce: the one in `DPoP-Nonce`"
                            : "the proof's nonce is not good any more; use the one in `DPoP-Nonce`");
        }
        if (!key.verifies(proof.algorithm(), proof.signed(), proof.signature())) {
            return new Verdict.Refused("proof's signature does not hold");
        }
        return new Verdict.Proved(
                key.thumbprint(), claims.id(), age == Nonces.Age.CURRENT ? null : nonces.current());
    }

    /// Uses a proof up. Asked last, and only of a proof whose signature holds: nobody can use up
    /// another's.
    ///
    /// @param holder the agent whose proof it is
    public SeenProofs.Use use(String holder, Verdict.Proved proof) {
        return seen.use(holder, proof.key().value(), proof.id());
    }

    /// The nonce that clients are to use now.
    public String nonce() {
        return nonces.current();
    }
}
