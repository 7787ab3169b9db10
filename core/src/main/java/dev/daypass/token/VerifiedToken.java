package dev.daypass.token;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.permission.Grant;
import dev.daypass.wire.WireException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token whose signature, issuer, lifetime and grant were found right. Still to be asked of each
/// call: whether its service is meant, its key was shown, and its account lives.
public final class VerifiedToken {
    private final Claims claims;
    private final Grant grant;

    private VerifiedToken(Claims claims, Grant grant) {
        this.claims = claims;
        this.grant = grant;
    }

    /// What became of a token.
    public sealed interface Verdict {
        /// @param token fit to be used
        record Accepted(VerifiedToken token) implements Verdict {}

        /// @param why for the caller and the log
        record Refused(String why) implements Verdict {}
    }

    /// Where a grant is found that is too large for its token.
    @FunctionalInterface
    public interface GrantsByHash {
        @Nullable Grant find(String resourceHash);
    }

    /// Verifies a token's signature and the claims that do not change from call to call (RFC 9068,
    /// section 4).
    public static Verdict verify(
            String compact, TokenSignatures signatures, String issuer, GrantsByHash grants) {
        if (compact.length() > Claims.TOKEN_BYTES_MAX) {
            return new Verdict.Refused(
                    "token is longer than %d bytes".formatted(Claims.TOKEN_BYTES_MAX));
        }
        return switch (signatures.verify(compact)) {
            case TokenSignatures.Signed.Invalid(var why) -> new Verdict.Refused(why);
            case TokenSignatures.Signed.Valid(var payload) -> judge(payload, issuer, grants);
        };
    }

    private static Verdict judge(String payload, String issuer, GrantsByHash grants) {
        Claims claims;
        try {
            claims = Claims.parse(payload);
        } catch (WireException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        }
        if (!claims.issuer().equals(issuer)) {
            return new Verdict.Refused("token of another issuer");
        }
        Grant grant = claims.grant() != null ? claims.grant() : grants.find(claims.resourceHash());
        if (grant == null) {
            return new Verdict.Refused("this edge does not know the token's grant");
        }
        if (!grant.resourceHash().equals(claims.resourceHash())) {
            return new Verdict.Refused("resource hash does not match the grant");
        }
        return new Verdict.Accepted(new VerifiedToken(claims, grant));
    }

    /// Whether it may be used now and there, by who holds its key: what changes from call to call.
    /// An empty answer is a yes; otherwise it says why not.
    ///
    /// @param audience the resource identifier of the called service
    public String objection(Instant now, String audience) {
        if (!now.isBefore(claims.expiresAt())) {
            return "token expired";
        }
        return claims.audience().contains(audience) ? "" : "token is not for this service";
    }

    /// The key that the caller must prove to hold; `null` for none.
    public @Nullable KeyThumbprint binding() {
        return claims.binding();
    }

    public AccountId account() {
        return claims.account();
    }

    public Claims claims() {
        return claims;
    }

    public Grant grant() {
        return grant;
    }
}
