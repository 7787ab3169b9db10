package dev.daypass.users;

import dev.daypass.account.OnBehalf;
import dev.daypass.config.UserIssuer;
import dev.daypass.identity.InvalidName;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An issuer whose tokens of users are believed (RFC 7519, section 7.2; OpenID Connect Core,
/// section 3.1.3.7; RFC 9068, section 4).
///
/// @param config what is expected of its tokens
/// @param keys its keys
record TrustedIssuer(UserIssuer config, IssuerKeys keys) {
    static final Duration LEEWAY = Duration.ofSeconds(60);
    static final int GROUPS_MAX = 1_000;

    // Ten thousand years; what is further away is not a time.
    private static final long SECONDS_MAX = 315_576_000_000L;
    private static final String ANOTHER =
            "ask the user for a fresh token that is meant for this server";

    // One sentence for a wrong signature and for a key that is not there: neither tells which keys
    // there are.
    private static final UserCheck NOT_SIGNED =
            new UserCheck.Refused("the user's token is not signed by its issuer", ANOTHER);

    /// @param presented names this issuer
    /// @param actors the names of the agent that presents it
    UserCheck judge(PresentedToken presented, Set<String> actors, Instant now) {
        return switch (keys.find(presented.header())) {
            case IssuerKeys.Found.None() -> NOT_SIGNED;
            case IssuerKeys.Found.Unavailable() ->
                    new UserCheck.Unavailable("the keys of the user's issuer cannot be had now");
            case IssuerKeys.Found.Key(var key) ->
                    presented.signedBy(key)
                            ? believed(presented.claims(), actors, now)
                            : NOT_SIGNED;
        };
    }

    private UserCheck believed(JsonFields claims, Set<String> actors, Instant now) {
        try {
            Instant expires = time("exp", claims.longOrNull("exp"));
            String objection = untimely(claims, expires, now);
            if (objection.isEmpty()) {
                objection = notForThis(claims, actors);
            }
            return objection.isEmpty()
                    ? new UserCheck.Proved(
                            new OnBehalf(
                                    config.user(claims.string("sub")),
                                    groups(claims),
                                    claims.take("may_act") != null,
                                    expires.plus(LEEWAY)))
                    : new UserCheck.Refused("the user's token " + objection, ANOTHER);
        } catch (WireException | InvalidName e) {
            return new UserCheck.Malformed("the user's token: " + e.getMessage());
        }
    }

    private static String untimely(JsonFields claims, Instant expires, Instant now) {
        if (!now.isBefore(expires.plus(LEEWAY))) {
            return "has expired";
        }
        for (String name : List.of("nbf", "iat")) {
            Long seconds = claims.longOrNull(name);
            if (seconds != null && time(name, seconds).isAfter(now.plus(LEEWAY))) {
                return "is from the future (`%s`)".formatted(name);
            }
        }
        return "";
    }

    private String notForThis(JsonFields claims, Set<String> actors) {
        if (!audience(claims).contains(config.audience())) {
            return "is not meant for this server (`aud`)";
        }
        for (String name : List.of("azp", "client_id")) {
            String client = claims.stringOrNull(name);
            if (client != null
                    && !client.equals(config.audience())
                    && !config.clients().contains(client)) {
                return "was issued to a client that is not among `clients` (`%s`)".formatted(name);
            }
        }
        if (claims.take("cnf") != null) {
            return "is bound to a key that nobody shows here (`cnf`)";
        }
        if (claims.take("act") != null) {
            return "is not the user's own but somebody's who acts for them (`act`)";
        }
        JsonFields mayAct = claims.objectOrNull("may_act");
        if (mayAct != null && !actors.contains(String.valueOf(mayAct.stringOrNull("sub")))) {
            return "lets another one act (`may_act`)";
        }
        return "";
    }

    static List<String> audience(JsonFields claims) {
        return claims.take("aud") instanceof Json.Str(var one)
                ? List.of(one)
                : claims.strings("aud");
    }

    /// Only groups of which something is granted: the others are nobody's business here.
    private List<String> groups(JsonFields claims) {
        Json given = claims.take(config.groupsClaim());
        List<String> all =
                given instanceof Json.Str(var one)
                        ? List.of(one)
                        : claims.strings(config.groupsClaim());
        if (all.size() > GROUPS_MAX) {
            throw new WireException(
                    "`%s` has %d groups; permitted: %d"
                            .formatted(config.groupsClaim(), all.size(), GROUPS_MAX));
        }
        var mine = new HashSet<>(all);
        return config.groups().stream().filter(mine::contains).toList();
    }

    static Instant time(String name, @Nullable Long seconds) {
        if (seconds == null || seconds < 0 || seconds > SECONDS_MAX) {
            throw new WireException("`%s` is missing or no time".formatted(name));
        }
        return Instant.ofEpochSecond(seconds);
    }
}
