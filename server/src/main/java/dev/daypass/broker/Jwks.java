package dev.daypass.broker;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

/// Public keys as JWKs (RFC 7517).
final class Jwks {
    private Jwks() {}

    static String of(PublicKey key) {
        if (key instanceof ECPublicKey p256) {
            return new ECKey.Builder(Curve.P_256, p256).build().toJSONString();
        }
        throw new IllegalArgumentException("an agent's key is on P-256");
    }
}
