package dev.daypass.issuer;

import dev.daypass.authority.KnownPeers;
import dev.daypass.authority.PeerIdentity;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.broker.Registry;
import dev.daypass.http.Form;
import dev.daypass.http.Peer;
import dev.daypass.http.Request;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.store.StoredAgent;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Finds out which agent a request comes from: by the certificate of its connection (RFC 8705,
/// section 2) or by an assertion that it signed (RFC 7523, section 2.2).
final class Clients {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final KnownPeers peers;
    private final Registry registry;
    private final Assertions assertions;
    private final InstantSource clock;

    Clients(KnownPeers peers, Registry registry, Assertions assertions, InstantSource clock) {
        this.peers = peers;
        this.registry = registry;
        this.assertions = assertions;
        this.clock = clock;
    }

    /// What came of it.
    sealed interface Authentication {
        /// @param claimant who it is
        /// @param certificate whether it showed its certificate
        record Proved(Claimant claimant, boolean certificate) implements Authentication {}

        /// Nobody known: `invalid_client`.
        ///
        /// @param why fit to be shown
        record Unknown(String why) implements Authentication {}

        /// The request itself is wrong: `invalid_request`.
        ///
        /// @param why fit to be shown
        record Malformed(String why) implements Authentication {}
    }

    /// For the agent API: by certificate only.
    Authentication byCertificate(Peer peer) {
        return switch (peers.of(peer.certificate(), clock.instant())) {
            case PeerIdentity.Agent(var id, var key) -> newest(id.agent(), key, peer.ip());
            case PeerIdentity.NotAnAgent(var why) -> new Authentication.Unknown(why);
        };
    }

    /// A certificate outlives the registration of its agent, and its own replacement: whoever
    /// copied it would have to be believed until it ends.
    private Authentication newest(AgentId agent, KeyThumbprint.Certificate key, String ip) {
        StoredAgent stored = registry.agent(TenantId.DEFAULT, agent);
        if (stored == null || stored.thumbprint() == null) {
            return new Authentication.Unknown("no agent `%s` is registered".formatted(agent));
        }
        return key.value().equals(stored.thumbprint())
                ? new Authentication.Proved(new Claimant(TenantId.DEFAULT, agent, key, ip), true)
                : new Authentication.Unknown(
                        "the certificate shown is not the newest of agent `%s`".formatted(agent));
    }

    /// For OAuth endpoints. Exactly one way of authentication a request (RFC 6749, section 2.3).
    Authentication byForm(Request request, Form form) {
        boolean header = request.header("authorization") != null;
        boolean secret = form.get("client_secret") != null;
        boolean asserted =
                form.get("client_assertion") != null || form.get("client_assertion_type") != null;
        if ((header && secret) || (asserted && (header || secret))) {
            return new Authentication.Malformed("more than one way of client authentication");
        }
        if (header || secret) {
            return new Authentication.Unknown("client secrets are not used here");
        }
        Authentication found =
                asserted ? byAssertion(request, form) : byCertificate(request.peer());
        String clientId = form.get("client_id");
        if (found instanceof Authentication.Proved(var claimant, var _)
                && clientId != null
                && !clientId.equals(claimant.agent().value())) {
            return new Authentication.Unknown("client_id is not the authenticated client");
        }
        return found;
    }

    private Authentication byAssertion(Request request, Form form) {
        String assertion = form.get("client_assertion");
        if (assertion == null) {
            return new Authentication.Malformed("client_assertion is missing");
        }
        if (!ASSERTION_TYPE.equals(form.get("client_assertion_type"))) {
            return new Authentication.Malformed("client_assertion_type must be " + ASSERTION_TYPE);
        }
        return switch (assertions.check(assertion, this::key)) {
            case Assertions.Check.Refused(var why) -> new Authentication.Unknown(why);
            case Assertions.Check.SignedBy(var agent) -> bound(request, agent);
        };
    }

    private @Nullable String key(AgentId agent) {
        StoredAgent stored = registry.agent(TenantId.DEFAULT, agent);
        return stored == null ? null : stored.jwk();
    }

    /// What is issued is bound to the agent's newest certificate. A certificate on the connection
    /// must be its own.
    private Authentication bound(Request request, AgentId agent) {
        StoredAgent stored = registry.agent(TenantId.DEFAULT, agent);
        if (stored == null || stored.thumbprint() == null) {
            return new Authentication.Unknown("unknown client");
        }
        boolean anothers =
                request.peer().certificate() != null
                        && !(byCertificate(request.peer())
                                        instanceof Authentication.Proved(var shown, var _)
                                && shown.agent().equals(agent));
        return anothers
                ? new Authentication.Unknown("the connection's certificate is another client's")
                : new Authentication.Proved(
                        new Claimant(
                                TenantId.DEFAULT,
                                agent,
                                new KeyThumbprint.Certificate(stored.thumbprint()),
                                request.peer().ip()),
                        request.peer().certificate() != null);
    }
}
