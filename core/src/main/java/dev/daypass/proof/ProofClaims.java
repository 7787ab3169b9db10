package dev.daypass.proof;

import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The claims of a DPoP proof (RFC 9449, section 4.2). Members that are not defined there are
/// nobody's business.
///
/// @param id `jti`
/// @param method `htm`
/// @param uri `htu`, as it was written
/// @param issuedAt `iat`
/// @param tokenHash `ath`, or `null`
/// @param nonce `nonce`, or `null`
/// @param notBefore `nbf`, which is not defined for proofs, but holds where it is given
/// @param expiresAt `exp`, likewise
public record ProofClaims(
        String id,
        String method,
        String uri,
        Instant issuedAt,
        @Nullable String tokenHash,
        @Nullable String nonce,
        @Nullable Instant notBefore,
        @Nullable Instant expiresAt) {
    /// How far in the future a proof may be issued: clocks differ.
    public static final Duration AHEAD_MAX = Duration.ofSeconds(10);

    /// How old a proof may be (RFC 9449, section 11.1).
    public static final Duration AGE_MAX = Duration.ofSeconds(60);

    private static final int ID_CHARS_MAX = 200;
    private static final int URI_CHARS_MAX = 2_048;
    // Ten thousand years; what is further away is not a time.
    private static final long SECONDS_MAX = 315_576_000_000L;

    static ProofClaims read(JsonFields fields) {
        Instant issuedAt = time("iat", fields);
        if (issuedAt == null) {
            throw new WireException("`iat` is missing; expected a whole number");
        }
        return new ProofClaims(
                bounded("jti", fields, ID_CHARS_MAX),
                fields.string("htm"),
                bounded("htu", fields, URI_CHARS_MAX),
                issuedAt,
                fields.stringOrNull("ath"),
                fields.stringOrNull("nonce"),
                time("nbf", fields),
                time("exp", fields));
    }

    private static String bounded(String name, JsonFields fields, int charsMax) {
        String value = fields.string(name);
        if (value.isEmpty() || value.length() > charsMax) {
            throw new WireException(
                    "`%s` has %d characters; permitted: 1 to %d"
                            .formatted(name, value.length(), charsMax));
        }
        return value;
    }

    private static @Nullable Instant time(String name, JsonFields fields) {
        Long seconds = fields.longOrNull(name);
        if (seconds != null && (seconds < -SECONDS_MAX || seconds > SECONDS_MAX)) {
            throw new WireException("`%s` is not a time".formatted(name));
        }
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /// What is wrong with a proof that comes with this request, now; empty for nothing (RFC 9449,
    /// section 4.3, without the key, the signature and the nonce).
    public String objection(ProvedRequest request, Instant now) {
        if (!method.equals(request.method())) {
            return "proof is for another method (`htm`)";
        }
        if (!request.isFor(uri)) {
            return "proof is for another url (`htu`); expected " + request.uri();
        }
        if (issuedAt.isAfter(now.plus(AHEAD_MAX))) {
            return "proof is from the future (`iat`)";
        }
        if (issuedAt.isBefore(now.minus(AGE_MAX))) {
            return "proof is older than %d s (`iat`)".formatted(AGE_MAX.toSeconds());
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return "proof is expired (`exp`)";
        }
        if (notBefore != null && notBefore.isAfter(now.plus(AHEAD_MAX))) {
            return "proof is not good yet (`nbf`)";
        }
        String wanted = request.tokenHash();
        if (wanted != null && !wanted.equals(tokenHash)) {
            return "proof is not for this access token (`ath`)";
        }
        return "";
    }
}
