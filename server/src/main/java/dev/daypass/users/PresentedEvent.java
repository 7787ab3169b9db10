package dev.daypass.users;

import dev.daypass.identity.InvalidName;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A Security Event Token as it was presented (RFC 8417; RFC 8935; Shared Signals Framework 1.0;
/// CAEP 1.0). An event takes something away or does nothing: none grants anything.
final class PresentedEvent {
    /// Older ones are refused. Within it a `jti` is remembered; after it nothing needs to be.
    static final Duration AGE_MAX = Duration.ofDays(1);

    private static final int TOKEN_ID_CHARS_MAX = 255;
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String CREDENTIAL_CHANGE = CAEP + "credential-change";

    /// After these, what was opened before for the user is not the user's any more.
    private static final Set<String> OVER =
            Set.of(
                    CAEP + "session-revoked",
                    RISC + "account-disabled",
                    RISC + "account-purged",
                    RISC + "sessions-revoked");

    // One sentence for a wrong signature and for a key that is not there, as for tokens.
    private static final EventCheck NOT_SIGNED =
            new EventCheck.Refused("invalid_key", "the event is not signed by its issuer");

    private PresentedEvent() {}

    static EventCheck judge(String compact, Map<String, TrustedIssuer> issuers, Instant now) {
        PresentedToken presented;
        try {
            presented = PresentedToken.readEvent(compact);
        } catch (WireException e) {
            return refused("the event " + e.getMessage());
        }
        TrustedIssuer issuer =
                presented.claims().take("iss") instanceof Json.Str(var name)
                        ? issuers.get(name)
                        : null;
        String audience = issuer == null ? null : issuer.config().eventsAudience();
        if (issuer == null || audience == null) {
            return new EventCheck.Refused(
                    "invalid_issuer", "events of this issuer are not believed here");
        }
        return switch (issuer.keys().find(presented.header())) {
            case IssuerKeys.Found.None() -> NOT_SIGNED;
            case IssuerKeys.Found.Unavailable() ->
                    new EventCheck.Unavailable("the keys of the issuer cannot be had now");
            case IssuerKeys.Found.Key(var key) ->
                    presented.signedBy(key)
                            ? believed(presented.claims(), issuer, audience, now)
                            : NOT_SIGNED;
        };
    }

    private static EventCheck believed(
            JsonFields claims, TrustedIssuer issuer, String audience, Instant now) {
        try {
            if (!TrustedIssuer.audience(claims).contains(audience)) {
                return new EventCheck.Refused(
                        "invalid_audience", "the event is not meant for this server (`aud`)");
            }
            Instant issued = TrustedIssuer.time("iat", claims.longOrNull("iat"));
            if (issued.isAfter(now.plus(TrustedIssuer.LEEWAY))) {
                return refused("the event is from the future (`iat`)");
            }
            if (issued.isBefore(now.minus(AGE_MAX))) {
                return refused("the event is older than a day (`iat`)");
            }
            // An event that has them could be taken for a token (SSF 1.0, section 4.1).
            if (claims.take("exp") != null || claims.take("sub") != null) {
                return refused("the event has `exp` or `sub`, which only tokens have");
            }
            return told(claims, issuer, issued);
        } catch (WireException | InvalidName e) {
            return refused("the event: " + e.getMessage());
        }
    }

    private static EventCheck told(JsonFields claims, TrustedIssuer issuer, Instant issued) {
        String tokenId = claims.string("jti");
        if (tokenId.isEmpty() || tokenId.length() > TOKEN_ID_CHARS_MAX) {
            throw new WireException(
                    "`jti` must have 1 to %d characters".formatted(TOKEN_ID_CHARS_MAX));
        }
        JsonFields events = claims.objectOrNull("events");
        if (events == null || events.names().size() != 1) {
            throw new WireException("`events` must hold exactly one event");
        }
        String type = events.names().iterator().next();
        JsonFields event = events.objectOrNull(type);
        boolean over =
                OVER.contains(type)
                        || (type.equals(CREDENTIAL_CHANGE)
                                && event != null
                                && !"create".equals(event.stringOrNull("change_type")));
        if (!over) {
            return new EventCheck.Nothing(type);
        }
        JsonFields subject = user(claims);
        if (!issuer.config().issuer().equals(subject.string("iss"))) {
            return refused("the event tells of a user of another issuer (`sub_id`)");
        }
        return new EventCheck.Over(
                issuer.config().user(subject.string("sub")), type, tokenId, issued);
    }

    /// RFC 9493, section 3.2.4; as part of a complex subject, SSF 1.0, section 3.3.
    private static JsonFields user(JsonFields claims) {
        JsonFields subject = claims.objectOrNull("sub_id");
        if (subject != null && "complex".equals(subject.stringOrNull("format"))) {
            subject = subject.objectOrNull("user");
        }
        if (subject == null || !"iss_sub".equals(subject.stringOrNull("format"))) {
            throw new WireException("`sub_id` must name its user by `iss` and `sub`");
        }
        return subject;
    }

    private static EventCheck refused(String why) {
        return new EventCheck.Refused("invalid_request", why);
    }
}
