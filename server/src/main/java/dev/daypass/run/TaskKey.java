package dev.daypass.run;

import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that is made for one task, stays in this process's memory and proves each call (RFC 9449).
/// It does not print.
public final class TaskKey {
    private static final int COORDINATE_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair pair;
    private final Json.Obj jwk;
    private final String header;

    private TaskKey(KeyPair pair, ECPublicKey point) {
        this.pair = pair;
        this.jwk =
                Json.object()
                        .put("crv", "P-256")
                        .put("kty", "EC")
                        .put("x", coordinate(point.getW().getAffineX()))
                        .put("y", coordinate(point.getW().getAffineY()))
                        .build();
        this.header =
                encoded(
                        Json.object()
                                .put("typ", "dpop+jwt")
                                .put("alg", "ES256")
                                .put("jwk", jwk)
                                .build());
    }

    public static TaskKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            if (pair.getPublic() instanceof ECPublicKey point) {
                return new TaskKey(pair, point);
            }
            throw new IllegalStateException("a key on P-256 is an EC key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /// The public half (RFC 7517), as `key.jwk` of a request for an account.
    public Json.Obj jwk() {
        return jwk;
    }

    /// A proof for one request (RFC 9449, section 4.2).
    ///
    /// @param nonce the newest that the server gave; `null` before the first
    String proof(ProvedRequest request, @Nullable String nonce, Instant now) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        String claims =
                encoded(
                        Json.object()
                                .put("jti", Base64Url.encode(id))
                                .put("htm", request.method())
                                .put("htu", request.uri())
                                .put("iat", now.getEpochSecond())
                                .put("ath", request.tokenHash())
                                .put("nonce", nonce)
                                .build());
        String signed = header + "." + claims;
        return signed + "." + Base64Url.encode(signature(signed));
    }

    private byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with ES256", e);
        }
    }

    private static String encoded(Json json) {
        return Base64Url.encode(json.bytes());
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, out, COORDINATE_BYTES - length, length);
        return Base64Url.encode(out);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
