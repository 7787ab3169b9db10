package dev.daypass.authority;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The public keys that tokens are signed with, and the check of a token against them (RFC 7515,
/// section 5.2; RFC 9068, section 4; RFC 8725). Immutable.
public final class VerificationKeys {
    /// The longest token that is looked at, in characters.
    public static final int TOKEN_CHARS_MAX = 8 * 1024;

    private static final int KEYS_MAX = 256;
    static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");
    private static final Set<String> MEMBERS = Set.of("alg", "typ", "kid");

    private final Map<String, PublicKey> keys;
    private final String jwks;
    private final Es256 es256;

    private VerificationKeys(List<ECKey> keys, Es256 es256) {
        var byKid = new LinkedHashMap<String, PublicKey>();
        var listed = new ArrayList<Json>();
        for (ECKey key : keys) {
            byKid.put(key.getKeyID(), publicKey(key));
            listed.add(Json.parse(key.toJSONString()));
        }
        this.keys = Map.copyOf(byKid);
        this.es256 = es256;
        this.jwks = Json.object().put("keys", Json.array(listed)).build().text();
    }

    /// Reads a JWK set (RFC 7517, section 5): 1 to 256 public keys on P-256, each named by its
    /// thumbprint.
    ///
    /// @throws WireException if it is malformed, or holds any other key or a private one
    public static VerificationKeys parse(String jwks) {
        return parse(jwks, Es256.ofFirstProvider());
    }

    static VerificationKeys parse(String jwks, Es256 es256) {
        List<Json> items = JsonFields.of(Json.parse(jwks)).items("keys");
        if (items.isEmpty() || items.size() > KEYS_MAX) {
            throw new WireException(
                    "jwk set of %d keys; permitted: 1 to %d".formatted(items.size(), KEYS_MAX));
        }
        return new VerificationKeys(items.stream().map(VerificationKeys::jwk).toList(), es256);
    }

    static VerificationKeys of(List<ECPublicKey> keys, Es256 es256) {
        return new VerificationKeys(keys.stream().map(VerificationKeys::jwk).toList(), es256);
    }

    /// The keys as a JWK set, for `/oauth2/jwks`. Only public members.
    public String jwks() {
        return jwks;
    }

    /// The names of the keys: their thumbprints (RFC 7638).
    public Set<String> kids() {
        return keys.keySet();
    }

    /// Checks form, header and signature of a compact JWS, in that order.
    public SignatureCheck verify(String token) {
        if (token.length() > TOKEN_CHARS_MAX) {
            return new SignatureCheck.Invalid(TokenFlaw.TOO_LONG);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return new SignatureCheck.Invalid(TokenFlaw.NOT_THREE_PARTS);
        }
        try {
            byte[] header = Base64Url.decode(token.substring(0, first));
            byte[] claims = Base64Url.decode(token.substring(first + 1, second));
            byte[] signature = Base64Url.decode(token.substring(second + 1));
            byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
            return verify(header, claims, signed, signature);
        } catch (WireException _) {
            return new SignatureCheck.Invalid(TokenFlaw.NOT_BASE64URL);
        }
    }

    private SignatureCheck verify(byte[] header, byte[] claims, byte[] signed, byte[] signature) {
        Map<String, Json> members = membersOrNull(header);
        if (members == null) {
            return new SignatureCheck.Invalid(TokenFlaw.HEADER_MALFORMED);
        }
        TokenFlaw flaw = flawOf(members);
        if (flaw != null) {
            return new SignatureCheck.Invalid(flaw);
        }
        String kid = members.get("kid") instanceof Json.Str(var value) ? value : "";
        PublicKey key = keys.get(kid);
        if (key == null) {
            return new SignatureCheck.Invalid(TokenFlaw.UNKNOWN_KEY);
        }
        if (signature.length != Es256.SIGNATURE_BYTES) {
            return new SignatureCheck.Invalid(TokenFlaw.SIGNATURE_SIZE);
        }
        return es256.verifies(key, signed, signature)
                ? new SignatureCheck.Signed(kid, claims)
                : new SignatureCheck.Invalid(TokenFlaw.SIGNATURE);
    }

    private static @Nullable Map<String, Json> membersOrNull(byte[] header) {
        try {
            return Json.parse(header, JsonLimits.DEFAULT) instanceof Json.Obj(var members)
                    ? members
                    : null;
        } catch (WireException _) {
            return null;
        }
    }

    private static @Nullable TokenFlaw flawOf(Map<String, Json> header) {
        if (!MEMBERS.containsAll(header.keySet())) {
            return TokenFlaw.HEADER_MEMBER;
        }
        if (!(header.get("alg") instanceof Json.Str(var alg)) || !alg.equals("ES256")) {
            return TokenFlaw.ALGORITHM;
        }
        if (!(header.get("typ") instanceof Json.Str(var typ)) || !TYPES.contains(typ)) {
            return TokenFlaw.TYPE;
        }
        return null;
    }

    static ECKey jwk(ECPublicKey key) {
        try {
            return new ECKey.Builder(Curve.P_256, key)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key's thumbprint cannot be taken", e);
        }
    }

    private static ECKey jwk(Json item) {
        try {
            ECKey key = ECKey.parse(item.text());
            if (!key.isPrivate() && key.getCurve().equals(Curve.P_256)) {
                ECKey ours = jwk(key.toECPublicKey());
                if (ours.getKeyID().equals(key.getKeyID())) {
                    return ours;
                }
            }
        } catch (ParseException | JOSEException | IllegalStateException _) {
            // reported below: the key itself is no part of the message
        }
        throw new WireException(
                "jwk is not permitted; permitted: a public EC key on P-256 named by its thumbprint");
    }

    private static PublicKey publicKey(ECKey key) {
        try {
            return key.toECPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key on P-256 cannot be read", e);
        }
    }
}
