package dev.daypass.broker;

import dev.daypass.authority.AgentCertificate;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.Pem;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.revocation.Incarnation;
import dev.daypass.store.Change;
import dev.daypass.store.EdgeChange;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.store.StoredEdge;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Edges in other processes, as operators register them: each enrols once, with a token, and shows
/// its certificate from then on.
public final class EdgeRegistry {
    private static final Duration CERTIFICATE_LIFE = CertificateAuthority.AGENT_LIFE_MAX;
    private static final List<String> OWN_NAMES = List.of("localhost", "127.0.0.1", "::1");
    private static final int ENROLMENT_BYTES = 32;

    private final Store store;
    private final CertificateAuthority authority;
    private final Minting minting;
    private final Map<String, StoredEdge> known = new ConcurrentHashMap<>();

    EdgeRegistry(Store store, CertificateAuthority authority, Minting minting) {
        this.store = store;
        this.authority = authority;
        this.minting = minting;
        refresh();
    }

    void refresh() {
        var now = new ConcurrentHashMap<String, StoredEdge>();
        store.edges().forEach(edge -> now.put(edge.name(), edge));
        known.putAll(now);
        known.keySet().retainAll(now.keySet());
    }

    /// @param services what it serves; empty for all
    /// @param hosts names that its listener may be called by, besides this machine's own
    /// @return its enrolment token: name, secret and the authority's fingerprint, joined by `.`
    /// @throws WireException if the name is not one
    public Secret add(String name, List<String> services, List<String> hosts) {
        try {
            Incarnation _ = new Incarnation(name, "any");
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
        if (name.startsWith(Presence.PREFIX)) {
            throw new WireException(
                    "names of edges do not begin with `%s`".formatted(Presence.PREFIX));
        }
        String secret = Base64Url.encode(minting.randomBytes(ENROLMENT_BYTES));
        commit(
                new EdgeChange.Add(
                        new StoredEdge(name, services, hosts, null),
                        new Sealed(sha256(secret)),
                        minting.now().plus(Registry.ENROLMENT_LIFE)));
        return Secret.of(name + "." + secret + "." + authority.fingerprint().value());
    }

    /// Uses an enrolment token up and certifies the key of the request.
    public Registry.Enrolment enrol(Secret token, byte[] request) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3 || !known.containsKey(parts[0])) {
            return new Registry.Enrolment.Refused("enrolment token is unknown, used or over");
        }
        return switch (authority.issueEdge(request, parts[0], null, minting.now())) {
            case AgentCertificate.Refused(var why) -> new Registry.Enrolment.Refused(why);
            case AgentCertificate.Issued(var chainPem, var until) -> {
                String thumbprint =
                        TrustAnchor.thumbprint(Pem.certificates(chainPem).getFirst()).value();
                yield switch (commit(
                        new EdgeChange.Enrol(
                                parts[0],
                                new Sealed(sha256(parts[1])),
                                minting.now(),
                                thumbprint))) {
                    case Outcome.NotApplied(var why) -> new Registry.Enrolment.Refused(why);
                    case Outcome.Applied _ -> new Registry.Enrolment.Enrolled(chainPem, until);
                };
            }
        };
    }

    /// Certifies the next key of an edge. Until the certificate is shown for the first time, the
    /// one before counts: an answer that is lost leaves nobody outside.
    public Registry.Enrolment next(StoredEdge edge, byte[] request) {
        return switch (authority.issueEdge(
                request, edge.name(), edge.thumbprint(), minting.now())) {
            case AgentCertificate.Refused(var why) -> new Registry.Enrolment.Refused(why);
            case AgentCertificate.Issued(var chainPem, var until) ->
                    new Registry.Enrolment.Enrolled(chainPem, until);
        };
    }

    /// An edge shows the certificate that follows its newest for the first time; from then on only
    /// this one counts. Waits until that is durable.
    ///
    /// @param after the certificate that it follows
    /// @param thumbprint its own
    /// @return the edge; `null` where another counts already
    public @Nullable StoredEdge renewed(String name, String after, String thumbprint) {
        StoredEdge edge = known.get(name);
        if (edge == null || !after.equals(edge.thumbprint())) {
            return edge(name, thumbprint);
        }
        commit(new EdgeChange.Renew(name, after, thumbprint));
        return edge(name, thumbprint);
    }

    /// Certifies the key of an edge's listener, under the names that an operator permitted.
    public Registry.Enrolment listener(StoredEdge edge, byte[] request) {
        var names = new ArrayList<>(OWN_NAMES);
        names.addAll(edge.hosts());
        return switch (authority.issueListener(request, names, minting.now(), CERTIFICATE_LIFE)) {
            case AgentCertificate.Refused(var why) -> new Registry.Enrolment.Refused(why);
            case AgentCertificate.Issued(var chainPem, var until) ->
                    new Registry.Enrolment.Enrolled(chainPem, until);
        };
    }

    /// The edge with this newest certificate; `null` if there is none.
    public @Nullable StoredEdge edge(String name, String thumbprint) {
        StoredEdge edge = known.get(name);
        return edge != null && thumbprint.equals(edge.thumbprint()) ? edge : null;
    }

    /// Takes an edge away: its lease is not renewed any more.
    ///
    /// @return whether there was one
    public boolean remove(String name) {
        return commit(new EdgeChange.Remove(name)) instanceof Outcome.Applied;
    }

    public List<StoredEdge> edges() {
        return store.edges();
    }

    private Outcome commit(EdgeChange change) {
        Outcome outcome = store.commit(new Change.OfEdge(change)).toCompletableFuture().join();
        refresh();
        return outcome;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("sha-256 is not available", e);
        }
    }
}
