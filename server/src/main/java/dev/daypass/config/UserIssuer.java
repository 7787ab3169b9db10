package dev.daypass.config;

import dev.daypass.identity.UserId;
import dev.daypass.permission.Ceiling;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose tokens of users are believed, and what its users may hand on to agents.
///
/// @param issuer `iss` of its tokens, compared character by character
/// @param audience what their `aud` must contain
/// @param keys where its public keys are
/// @param clients the clients, as `azp` or `client_id` names them, to which tokens may have been
///   issued; besides these only the audience itself, and who is not named
/// @param groupsClaim the claim that holds a user's groups
/// @param grants what members of a group may hand on, by the group's name, in the order in which
///   they are tried; [#EVERYONE] for every user of this issuer
/// @param eventsAudience what the `aud` of its events must contain; `null` where its events are not
///   believed
public record UserIssuer(
        String issuer,
        String audience,
        Keys keys,
        Set<String> clients,
        String groupsClaim,
        SequencedMap<String, Ceiling> grants,
        @Nullable String eventsAudience) {
    /// Stands for the group to which every user of an issuer belongs.
    public static final String EVERYONE = "*";

    public UserIssuer {
        clients = Set.copyOf(clients);
        grants = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(grants));
    }

    /// An issuer whose events are not believed.
    public UserIssuer(
            String issuer,
            String audience,
            Keys keys,
            Set<String> clients,
            String groupsClaim,
            SequencedMap<String, Ceiling> grants) {
        this(issuer, audience, keys, clients, groupsClaim, grants, null);
    }

    /// Where public keys are: a JWK set (RFC 7517, section 5).
    public sealed interface Keys {
        /// Read once, at the start.
        ///
        /// @param file as it was named
        /// @param jwks its text
        record InFile(String file, String jwks) implements Keys {}

        /// Fetched when they are needed.
        ///
        /// @param url https, or http on loopback
        /// @param privateAddress whether it may be on loopback, a private or a link-local address
        record At(URI url, boolean privateAddress) implements Keys {}
    }

    /// The user that a subject of this issuer is.
    public UserId user(String subject) {
        return new UserId(issuer, subject);
    }

    /// The groups of which something is granted, without the one of everyone.
    public Set<String> groups() {
        Map<String, Ceiling> named = new LinkedHashMap<>(grants);
        named.remove(EVERYONE);
        return Collections.unmodifiableSet(named.keySet());
    }
}
