package dev.daypass.users;

import dev.daypass.catalog.Fetch;
import dev.daypass.config.UserIssuer;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges the tokens of users for whom agents want to act. Nothing of a token is kept but its
/// issuer, its subject, its end and those of its groups that the configuration names. Thread-safe.
public final class Users {
    private static final Duration FETCH_MAX = Duration.ofSeconds(5);

    private final Map<String, TrustedIssuer> issuers;
    private final UserGrants grants;
    private final String trustDomain;
    private final InstantSource clock;

    Users(List<TrustedIssuer> issuers, String trustDomain, InstantSource clock) {
        var byName = new HashMap<String, TrustedIssuer>();
        issuers.forEach(issuer -> byName.put(issuer.config().issuer(), issuer));
        this.issuers = Map.copyOf(byName);
        this.grants = new UserGrants(issuers.stream().map(TrustedIssuer::config).toList());
        this.trustDomain = trustDomain;
        this.clock = clock;
    }

    /// @param trustDomain of the agents' SPIFFE ids
    /// @throws WireException if a key file is of no use
    public static Users of(List<UserIssuer> issuers, String trustDomain, InstantSource clock) {
        return new Users(
                issuers.stream()
                        .map(issuer -> new TrustedIssuer(issuer, keys(issuer, clock)))
                        .toList(),
                trustDomain,
                clock);
    }

    private static IssuerKeys keys(UserIssuer issuer, InstantSource clock) {
        return switch (issuer.keys()) {
            case UserIssuer.Keys.InFile(var file, var jwks) -> fixed(file, jwks);
            case UserIssuer.Keys.At(var url, var privateAddress) -> {
                Fetch any =
                        privateAddress
                                ? Fetch.allowingPrivateAddresses()
                                : Fetch.fromPublicAddresses();
                Fetch fetch = any.upTo(PublicKeys.BYTES_MAX, FETCH_MAX);
                yield new FetchedKeys(issuer.issuer(), () -> fetch.url(url), clock);
            }
        };
    }

    private static IssuerKeys fixed(String file, String jwks) {
        try {
            return IssuerKeys.fixed(PublicKeys.parse(jwks.getBytes(StandardCharsets.UTF_8)));
        } catch (WireException e) {
            throw new WireException("`jwks_file` `%s`: %s".formatted(file, e.getMessage()));
        }
    }

    /// What users may hand on.
    public UserGrants grants() {
        return grants;
    }

    /// Judges an event that an issuer tells of its users. May wait for its keys.
    public EventCheck event(String compact) {
        return PresentedEvent.judge(compact, issuers, clock.instant());
    }

    /// May wait for the keys of an issuer.
    ///
    /// @param agent who presents the token
    public UserCheck check(Secret token, AgentId agent) {
        PresentedToken presented;
        try {
            presented = PresentedToken.read(token.reveal());
        } catch (WireException e) {
            return new UserCheck.Malformed("the user's token " + e.getMessage());
        }
        TrustedIssuer issuer =
                presented.claims().take("iss") instanceof Json.Str(var name)
                        ? issuers.get(name)
                        : null;
        if (issuer == null) {
            return new UserCheck.Refused(
                    "the user's token is of an issuer that is not believed here",
                    "ask the operator for `users` in the configuration");
        }
        var actors = Set.of(agent.value(), new SpiffeId(trustDomain, agent).uri());
        return issuer.judge(presented, actors, clock.instant());
    }
}
