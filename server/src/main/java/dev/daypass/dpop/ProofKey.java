package dev.daypass.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.List;

/// A public key that tokens can be bound to: EC on P-256, for ES256. Nobody holds one of any other
/// kind.
public final class ProofKey {
    /// What proofs may be signed with, for metadata and challenges.
    public static final List<String> ALGORITHMS = List.of("ES256");

    private static final int COORDINATE_BYTES = 32;
    private static final List<String> PRIVATE =
            List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final KeyThumbprint.Jwk thumbprint;
    private final ECDSAVerifier verifier;

    private ProofKey(KeyThumbprint.Jwk thumbprint, ECDSAVerifier verifier) {
        this.thumbprint = thumbprint;
        this.verifier = verifier;
    }

    /// Reads a JWK (RFC 7517). Members that do not concern the key are not looked at.
    ///
    /// @throws WireException if it is of another kind, not on the curve, or holds a private key
    public static ProofKey of(Json.Obj jwk) {
        for (String name : PRIVATE) {
            if (jwk.members().containsKey(name)) {
                throw new WireException(
                        "`jwk` holds a private or symmetric key, which is no secret any more; make a new one and send only its public part");
            }
        }
        JsonFields fields = JsonFields.of(jwk);
        String algorithm = fields.stringOrNull("alg");
        String use = fields.stringOrNull("use");
        boolean permitted =
                "EC".equals(fields.string("kty"))
                        && Curve.P_256.getName().equals(fields.stringOrNull("crv"))
                        && (algorithm == null || ALGORITHMS.contains(algorithm))
                        && (use == null || use.equals("sig"));
        if (!permitted) {
            throw new WireException(
                    "`jwk` is not permitted; permitted: a public EC key on P-256, for ES256");
        }
        return ofPoint(coordinate("x", fields), coordinate("y", fields));
    }

    // One key must have one thumbprint, and so one spelling.
    private static Base64URL coordinate(String name, JsonFields fields) {
        String text = fields.string(name);
        if (Base64Url.decode(text).length != COORDINATE_BYTES) {
            throw new WireException("`jwk.%s` does not have 32 bytes".formatted(name));
        }
        return new Base64URL(text);
    }

    private static ProofKey ofPoint(Base64URL x, Base64URL y) {
        try {
            // Refuses what is not on the curve.
            ECKey key = new ECKey.Builder(Curve.P_256, x, y).build();
            return new ProofKey(
                    new KeyThumbprint.Jwk(key.computeThumbprint().toString()),
                    new ECDSAVerifier(key));
        } catch (JOSEException | IllegalArgumentException | IllegalStateException _) {
            throw new WireException("`jwk` is not a point on P-256");
        }
    }

    /// RFC 7638.
    public KeyThumbprint.Jwk thumbprint() {
        return thumbprint;
    }

    boolean verifies(String algorithm, byte[] signed, byte[] signature) {
        if (!ALGORITHMS.contains(algorithm)) {
            return false;
        }
        try {
            return verifier.verify(
                    new JWSHeader(JWSAlgorithm.ES256), signed, Base64URL.encode(signature));
        } catch (JOSEException _) {
            return false;
        }
    }
}
