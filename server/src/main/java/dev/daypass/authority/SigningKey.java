package dev.daypass.authority;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;

/// One key that signs tokens, with the header that all its tokens share. It does not print.
final class SigningKey {
    private final Instant since;
    private final PrivateKey key;
    private final ECPublicKey publicKey;
    private final String kid;
    private final byte[] head;

    /// @param since when it began to sign
    SigningKey(KeyPair pair, Instant since) {
        this.since = since;
        this.key = pair.getPrivate();
        this.publicKey = (ECPublicKey) pair.getPublic();
        this.kid = VerificationKeys.jwk(publicKey).getKeyID();
        this.head = head("at+jwt").getBytes(StandardCharsets.US_ASCII);
    }

    /// The encoded header of another type of message, and the dot after it.
    final String head(String type) {
        Json.Obj header =
                Json.object().put("alg", "ES256").put("typ", type).put("kid", kid).build();
        return Base64Url.encode(header.bytes()) + ".";
    }

    Instant since() {
        return since;
    }

    PrivateKey key() {
        return key;
    }

    ECPublicKey publicKey() {
        return publicKey;
    }

    String kid() {
        return kid;
    }

    /// The encoded header and the dot after it. Not to be changed.
    byte[] head() {
        return head;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
