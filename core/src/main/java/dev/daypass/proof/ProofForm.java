package dev.daypass.proof;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;

/// A DPoP proof taken apart (RFC 9449, section 4.2). Its form is right; nobody has judged what it
/// says, and the signature has not been looked at.
public final class ProofForm {
    /// The longest proof that is looked at, in characters.
    public static final int CHARS_MAX = 4_096;

    /// The only type (RFC 9449, section 4.2).
    public static final String TYPE = "dpop+jwt";

    private static final int DEPTH_MAX = 8;
    private static final JsonLimits LIMITS = new JsonLimits(CHARS_MAX, DEPTH_MAX, CHARS_MAX);

    private final String algorithm;
    private final Json.Obj jwk;
    private final ProofClaims claims;
    private final byte[] signed;
    private final byte[] signature;

    private ProofForm(
            JsonFields header, Json.Obj jwk, ProofClaims claims, String signed, byte[] signature) {
        this.algorithm = header.string("alg");
        this.jwk = jwk;
        this.claims = claims;
        this.signed = signed.getBytes(StandardCharsets.US_ASCII);
        this.signature = signature;
    }

    /// Takes a compact JWS apart. Its header holds `typ`, `alg` and `jwk`, perhaps a `kid` that
    /// nobody reads, and nothing else: no `crit`, no key from elsewhere.
    ///
    /// @throws WireException naming what is wrong
    public static ProofForm parse(String compact) {
        if (compact.length() > CHARS_MAX) {
            throw new WireException("proof is longer than %d characters".formatted(CHARS_MAX));
        }
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        if (first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
            throw new WireException("proof does not have three parts");
        }
        JsonFields header = fields(compact.substring(0, first), "header");
        if (!TYPE.equals(header.stringOrNull("typ"))) {
            throw new WireException("proof's `typ` is not permitted; permitted: " + TYPE);
        }
        header.string("alg");
        header.stringOrNull("kid");
        if (!(header.take("jwk") instanceof Json.Obj jwk)) {
            throw new WireException("proof's `jwk` is missing; expected a public key");
        }
        header.end();
        return new ProofForm(
                header,
                jwk,
                ProofClaims.read(fields(compact.substring(first + 1, second), "payload")),
                compact.substring(0, second),
                Base64Url.decode(compact.substring(second + 1)));
    }

    private static JsonFields fields(String part, String what) {
        Json json = Json.parse(Base64Url.decode(part), LIMITS);
        if (!(json instanceof Json.Obj)) {
            throw new WireException("proof's %s is not a json object".formatted(what));
        }
        return JsonFields.of(json);
    }

    public String algorithm() {
        return algorithm;
    }

    /// The key that the proof says it is signed with.
    public Json.Obj jwk() {
        return jwk;
    }

    public ProofClaims claims() {
        return claims;
    }

    /// The bytes under the signature. A copy.
    public byte[] signed() {
        return signed.clone();
    }

    /// A copy.
    public byte[] signature() {
        return signature.clone();
    }
}
