package dev.daypass.users;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.daypass.config.UserIssuer;
import dev.daypass.permission.Ceiling;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An organisation's login, which signs tokens of its users.
final class Login {
    static final String ISSUER = "https://login.example";
    static final String AUDIENCE = "daypass";
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    static final Ceiling CEILING =
            Ceiling.parse("ceiling", "allow: [{service: flights}]\nttl_max: 1h\n");

    private Login() {}

    static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static RSAKey rsa(String kid, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] jwks(JWK... keys) {
        return Arrays.stream(keys)
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static UserIssuer config(Set<String> clients) {
        var grants = new LinkedHashMap<String, Ceiling>();
        grants.put("finance", CEILING);
        grants.put(UserIssuer.EVERYONE, CEILING);
        return new UserIssuer(
                ISSUER,
                AUDIENCE,
                new UserIssuer.Keys.InFile("jwks.json", ""),
                clients,
                "groups",
                grants);
    }

    /// The claims of a good token of Anna's.
    static Map<String, Json> claims() {
        var out = new LinkedHashMap<String, Json>();
        out.put("iss", Json.of(ISSUER));
        out.put("sub", Json.of("anna"));
        out.put("aud", Json.of(AUDIENCE));
        out.put("iat", Json.of(NOW.getEpochSecond()));
        out.put("exp", Json.of(NOW.getEpochSecond() + 600));
        out.put("groups", Json.strings(List.of("finance", "climbing")));
        return out;
    }

    static String sign(JWK key, JWSAlgorithm algorithm, Map<String, Json> claims) {
        return sign(
                key,
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                Json.obj(new LinkedHashMap<>(claims)).text());
    }

    static String sign(JWK key, JWSHeader header, String payload) {
        try {
            var signed = new JWSObject(header, new Payload(payload));
            JWSSigner signer =
                    key instanceof RSAKey rsa
                            ? new RSASSASigner(rsa)
                            : new ECDSASigner(key.toECKey());
            signed.sign(signer);
            return signed.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
