package dev.daypass.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.Json;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A client's side of DPoP.
final class Prover {
    private final ECKey key;

    Prover() {
        try {
            this.key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    Json.Obj jwk() {
        return (Json.Obj) Json.parse(key.toPublicJWK().toJSONString());
    }

    KeyThumbprint.Jwk thumbprint() {
        try {
            return new KeyThumbprint.Jwk(key.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String proof(ProvedRequest request, Instant at, @Nullable String nonce) {
        return proof(request, at, nonce, UUID.randomUUID().toString());
    }

    String proof(ProvedRequest request, Instant at, @Nullable String nonce, String id) {
        var claims =
                new JWTClaimsSet.Builder()
                        .jwtID(id)
                        .claim("htm", request.method())
                        .claim("htu", request.uri())
                        .issueTime(Date.from(at))
                        .claim("ath", request.tokenHash())
                        .claim("nonce", nonce)
                        .build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
