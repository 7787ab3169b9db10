package dev.daypass.issuer;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.authority.SigningKeys;
import dev.daypass.broker.Broker;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.http.Form;
import dev.daypass.token.Claims;
import dev.daypass.token.TokenSignatures.Signed;
import dev.daypass.wire.WireException;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens of a token exchange (RFC 8693, section 2.1): whose account the new one is to lie
/// below, and whether the client may have it.
final class TokenExchange {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final Set<String> TYPES = Set.of(ACCESS_TOKEN, JWT);

    private final String issuer;
    private final SigningKeys keys;
    private final Broker broker;
    private final InstantSource clock;

    TokenExchange(IssuerParts parts) {
        this.issuer = parts.issuer();
        this.keys = parts.keys();
        this.broker = parts.broker();
        this.clock = parts.clock();
    }

    /// What came of looking at the tokens.
    sealed interface Subject {
        /// @param parent the account of `subject_token`, active, and the client may delegate from
        ///   it
        record Of(Account parent) implements Subject {}

        /// @param error of RFC 6749, section 5.2
        /// @param why fit to be shown
        record Refused(String error, String why) implements Subject {}
    }

    /// Looks an account up, and so is not for an event loop.
    Subject parent(Claimant client, Form form) {
        Subject.Refused malformed = malformed(form);
        if (malformed != null) {
            return malformed;
        }
        Account parent = account(form.getOr("subject_token", ""));
        // Whose token it is, or that it is none: the same answer to who may not have it.
        if (parent == null || !parent.delegatesTo(client.agent())) {
            return refused(
                    "subject_token is no token of an active account of this client, or of one that delegates to it");
        }
        String actor = form.get("actor_token");
        Account acting = actor == null ? null : account(actor);
        return actor == null || (acting != null && acting.agent().equals(client.agent()))
                ? new Subject.Of(parent)
                : refused("actor_token is no token of an active account of this client");
    }

    private static Subject.@Nullable Refused malformed(Form form) {
        if (form.get("subject_token") == null) {
            return refused("subject_token is missing");
        }
        if (!TYPES.contains(form.getOr("subject_token_type", ""))) {
            return refused("subject_token_type must be " + ACCESS_TOKEN);
        }
        // RFC 8693, section 2.1: the one is required with the other, and forbidden without.
        if ((form.get("actor_token") == null) != (form.get("actor_token_type") == null)) {
            return refused("actor_token and actor_token_type belong together");
        }
        if (!TYPES.contains(form.getOr("actor_token_type", ACCESS_TOKEN))) {
            return refused("actor_token_type must be " + ACCESS_TOKEN);
        }
        if (!TYPES.contains(form.getOr("requested_token_type", ACCESS_TOKEN))) {
            return refused("requested_token_type must be " + ACCESS_TOKEN);
        }
        return form.getOr("scope", "").isBlank()
                ? null
                : new Subject.Refused(
                        "invalid_scope",
                        "there are no scopes; say in authorization_details what the token is for");
    }

    /// RFC 8693, section 2.2.2: not `invalid_grant`.
    private static Subject.Refused refused(String why) {
        return new Subject.Refused("invalid_request", why);
    }

    /// The active account of a token of ours that has not ended; `null` where it is none.
    private @Nullable Account account(String token) {
        if (!(Signatures.of(keys).verify(token) instanceof Signed.Valid(var payload))) {
            return null;
        }
        Claims claims;
        try {
            claims = Claims.parse(payload);
        } catch (WireException _) {
            return null;
        }
        if (!claims.issuer().equals(issuer) || !clock.instant().isBefore(claims.expiresAt())) {
            return null;
        }
        return broker.find(claims.tenant(), claims.agent(), claims.account())
                .filter(stored -> stored.state() == AccountState.ACTIVE)
                .flatMap(Broker::details)
                .filter(account -> !account.expired(clock.instant()))
                .orElse(null);
    }
}
