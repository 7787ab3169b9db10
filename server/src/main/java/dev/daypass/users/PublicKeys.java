package dev.daypass.users;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The public keys of an issuer (RFC 7517, section 5). Immutable.
final class PublicKeys {
    static final int BYTES_MAX = 256 * 1024;
    static final int KEYS_MAX = 100;

    private static final JsonLimits LIMITS = new JsonLimits(BYTES_MAX, 16, 64 * 1024);
    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 8_192;
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private final List<JWK> keys;

    private PublicKeys(List<JWK> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Keys of a kind that is not used here are passed over, as the RFC wants it.
    ///
    /// @throws WireException if it is no JWK set, has a key that is not public, or none of use
    static PublicKeys parse(byte[] jwks) {
        List<Json> items = JsonFields.of(Json.parse(jwks, LIMITS)).items("keys");
        if (items.size() > KEYS_MAX) {
            throw new WireException(
                    "jwk set of %d keys; permitted: %d".formatted(items.size(), KEYS_MAX));
        }
        var keys = new ArrayList<JWK>();
        for (Json item : items) {
            JWK key = usable(item);
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new WireException(
                    "jwk set has no key of use; expected RSA keys of %d to %d bits, or EC keys on P-256, P-384 or P-521, each with its `kid`"
                            .formatted(RSA_BITS_MIN, RSA_BITS_MAX));
        }
        return new PublicKeys(keys);
    }

    private static @Nullable JWK usable(Json item) {
        JWK key;
        try {
            key = JWK.parse(item.text());
        } catch (ParseException _) {
            return null;
        }
        if (key.isPrivate() || key instanceof OctetSequenceKey) {
            throw new WireException(
                    "jwk set has a private or a shared key; expected public ones only");
        }
        return key.getKeyID() != null && isStrong(key) ? key : null;
    }

    private static boolean isStrong(JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa -> {
                    int bits = rsa.toRSAPublicKey().getModulus().bitLength();
                    yield bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
                }
                case ECKey ec -> CURVES.contains(ec.getCurve()) && ec.toECPublicKey() != null;
                default -> false;
            };
        } catch (JOSEException _) {
            return false;
        }
    }

    /// The one key that a header means: by its `kid`, for its `alg`, for signatures. Where several
    /// have one name, none is meant.
    @Nullable JWK find(JWSHeader header) {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        if (matcher == null) {
            return null;
        }
        List<JWK> found = keys.stream().filter(matcher::matches).toList();
        return found.size() == 1 ? found.getFirst() : null;
    }
}
