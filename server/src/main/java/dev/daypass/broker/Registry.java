package dev.daypass.broker;

import dev.daypass.authority.AgentCertificate;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.Pem;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.budget.TokenBucket;
import dev.daypass.catalog.CatalogJson;
import dev.daypass.catalog.McpImport;
import dev.daypass.catalog.OpenApiImport;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.SpiffeId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.Ceiling;
import dev.daypass.policy.Rules;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.vault.Access;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What operators register: agents, services, rules. Every change is a fact, and takes effect
/// before it is answered.
public final class Registry {
    public static final Duration ENROLMENT_LIFE = Duration.ofMinutes(15);
    public static final Duration CERTIFICATE_LIFE = Duration.ofDays(7);

    private static final int ENROLMENT_BYTES = 32;

    /// Nobody is known yet when an enrolment is asked for, so all who ask share one rate.
    private static final double ENROLMENTS_PER_SECOND = 20;

    private static final double ENROLMENTS_BURST = 100;

    private final Store store;
    private final Directory directory;
    private final Vault vault;
    private final CertificateAuthority authority;
    private final Minting minting;
    private final boolean privateUpstreams;
    private final TokenBucket enrolments;
    private final Corrections corrections;
    private final Tools tools;

    Registry(Needs needs, Minting minting, boolean privateUpstreams) {
        this.store = needs.store();
        this.directory = needs.directory();
        this.vault = needs.vault();
        this.authority = needs.authority();
        this.minting = minting;
        this.privateUpstreams = privateUpstreams;
        this.corrections = new Corrections(needs.store(), needs.directory());
        this.tools = new Tools(needs.store(), needs.directory());
        this.enrolments =
                new TokenBucket(ENROLMENTS_PER_SECOND, ENROLMENTS_BURST, minting.nanoTime());
    }

    record Needs(Store store, Directory directory, Vault vault, CertificateAuthority authority) {}

    /// What operators say that operations do to the world.
    public Corrections corrections() {
        return corrections;
    }

    /// The tools of MCP servers.
    public Tools tools() {
        return tools;
    }

    /// Registers an agent, or gives a registered one a new enrolment token.
    ///
    /// @param ceiling the text of its ceiling file, or `null` for the default
    /// @param defaultTasks by service
    /// @return its enrolment token: name, secret and the authority's fingerprint, joined by `.`
    /// @throws dev.daypass.wire.WireException if the ceiling file is not right
    public Secret addAgent(
            TenantId tenant,
            AgentId id,
            @Nullable String ceiling,
            Map<ServiceId, String> defaultTasks) {
        Ceiling parsed = ceiling == null ? Ceiling.READ_ONLY : Ceiling.parse("ceiling", ceiling);
        String secret = Base64Url.encode(minting.randomBytes(ENROLMENT_BYTES));
        done(
                store.commit(
                        new Change.AddAgent(
                                new StoredAgent(tenant, id, ceiling, defaultTasks, null, null),
                                new Sealed(sha256(secret)),
                                minting.now().plus(ENROLMENT_LIFE),
                                new Fact.AgentAdded(id, parsed.toJson()))));
        directory.changed();
        return Secret.of(id + "." + secret + "." + authority.fingerprint().value());
    }

    /// What became of an enrolment.
    public sealed interface Enrolment {
        /// @param chainPem the new certificate and its issuer
        /// @param until its last second
        record Enrolled(String chainPem, Instant until) implements Enrolment {}

        /// @param why fit to be shown
        record Refused(String why) implements Enrolment {}

        /// Too many at once, whoever asks.
        ///
        /// @param why with the time to try again
        record TooMany(Refusal why) implements Enrolment {}
    }

    /// Uses an enrolment token up and certifies the key of the request.
    public Enrolment enrol(TenantId tenant, Secret token, byte[] request) {
        long waitNanos = enrolments.take(minting.nanoTime());
        if (waitNanos > 0) {
            return new Enrolment.TooMany(Refusal.tooMany("too many enrolments at once", waitNanos));
        }
        String[] parts = token.reveal().split("\\.", -1);
        AgentId id = parts.length == 3 ? name(parts[0]) : null;
        if (id == null) {
            return new Enrolment.Refused("not an enrolment token");
        }
        return certify(
                id,
                request,
                (jwk, fact) ->
                        new Change.Enrol(
                                tenant, new Sealed(sha256(parts[1])), minting.now(), jwk, fact),
                false);
    }

    /// Certifies a new key for an agent that shows its newest certificate.
    public Enrolment renew(
            TenantId tenant, AgentId id, KeyThumbprint.Certificate shown, byte[] request) {
        return certify(
                id,
                request,
                (jwk, fact) -> new Change.Renew(tenant, shown.value(), jwk, fact),
                true);
    }

    private static @Nullable AgentId name(String text) {
        try {
            return new AgentId(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private interface Enrolling {
        Change change(String jwk, Fact.AgentEnrolled fact);
    }

    private Enrolment certify(AgentId id, byte[] request, Enrolling enrolling, boolean renewed) {
        var spiffe = new SpiffeId(authority.trustDomain(), id);
        return switch (authority.issueAgent(request, spiffe, minting.now(), CERTIFICATE_LIFE)) {
            case AgentCertificate.Refused(var why) -> new Enrolment.Refused(why);
            case AgentCertificate.Issued(var chainPem, var until) -> {
                X509Certificate leaf = Pem.certificates(chainPem).getFirst();
                var fact =
                        new Fact.AgentEnrolled(id, TrustAnchor.thumbprint(leaf).value(), renewed);
                yield switch (store.commit(enrolling.change(Jwks.of(leaf.getPublicKey()), fact))
                        .toCompletableFuture()
                        .join()) {
                    case Outcome.NotApplied(var why) -> new Enrolment.Refused(why);
                    case Outcome.Applied _ -> {
                        directory.changed();
                        yield new Enrolment.Enrolled(chainPem, until);
                    }
                };
            }
        };
    }

    /// Takes an agent away. Its living accounts are not ended by this; the caller does that first.
    ///
    /// @return whether there was one
    public boolean removeAgent(TenantId tenant, AgentId id) {
        boolean applied = done(store.commit(new Change.RemoveAgent(tenant, id)));
        directory.changed();
        return applied;
    }

    /// Imports a service's document and registers it, or registers it anew.
    ///
    /// @param access how the edge gets in
    /// @return what was imported, and what had to be skipped
    /// @throws dev.daypass.wire.WireException if the document or an address is not right
    public Registered putService(Registration given, Access access) {
        URI upstream = checked(given.upstream(), access);
        OpenApiImport.Imported imported =
                OpenApiImport.read(given.id(), given.source(), given.document());
        put(given, upstream, access, CatalogJson.write(imported.operations()));
        return new Registered(
                imported.title(), imported.operations().size(), skipped(given, imported.skipped()));
    }

    /// Imports what an MCP server offers and registers it, or registers it anew: its tools are from
    /// now on what they are in this offer.
    ///
    /// @param given whose document is not read
    /// @param offer as [McpImport#read(ServiceId, Json)] takes it
    /// @param access how the edge gets in
    /// @throws dev.daypass.wire.WireException if the offer or an address is not right
    public Registered putMcp(Registration given, Json offer, Access access) {
        // What we start ourselves is nowhere else, and takes no credential.
        boolean ours = given.upstream().startsWith("stdio:") && access.nothing();
        URI upstream = ours ? URI.create(given.upstream()) : checked(given.upstream(), access);
        McpImport.Imported imported = McpImport.read(given.id(), offer);
        put(
                given,
                upstream,
                access,
                CatalogJson.write(imported.operations(), imported.pins(), imported.headers()));
        return new Registered(
                imported.title(), imported.operations().size(), skipped(given, imported.skipped()));
    }

    private URI checked(String text, Access access) {
        URI upstream = Upstreams.check(text, privateUpstreams);
        Upstreams.check(access, upstream, privateUpstreams);
        return upstream;
    }

    private void put(Registration given, URI upstream, Access access, Json catalog) {
        var stored =
                new StoredService(
                        given.tenant(),
                        given.id(),
                        upstream.toString(),
                        catalog.text(),
                        access.kind(),
                        access.nothing() ? null : vault.seal(given.tenant(), given.id(), access),
                        given.acceptUnbound(),
                        given.verifiesTokens());
        String hash = Base64Url.encode(digest(CanonicalJson.bytes(catalog)));
        done(
                store.commit(
                        new Change.PutService(
                                stored,
                                new Fact.ServiceAdded(
                                        given.id(),
                                        upstream.toString(),
                                        CatalogJson.read(catalog).size(),
                                        hash,
                                        access.kind(),
                                        given.acceptUnbound(),
                                        given.verifiesTokens()))));
        vault.refresh(store);
        directory.changed();
        if (given.acceptUnbound()) {
            Unbound.warn(given.id());
        }
    }

    /// What was left out of the document, and what was said of operations that it does not have.
    private List<Skipped> skipped(Registration given, List<OpenApiImport.Skipped> imported) {
        var out = new ArrayList<Skipped>();
        imported.forEach(s -> out.add(new Skipped(s.where(), s.why())));
        List<Corrections.Judged> all = corrections.of(given.tenant(), given.id());
        for (Corrections.Judged judged : all == null ? List.<Corrections.Judged>of() : all) {
            if (judged.operation() == null) {
                out.add(
                        new Skipped(
                                judged.id().name(),
                                "its traits were corrected, but the document does not have it; the correction is kept"));
            }
        }
        return out;
    }

    /// A service to register.
    ///
    /// @param tenant whose it is
    /// @param id its name
    /// @param upstream base URL
    /// @param source how messages name the document
    /// @param openApi the document, JSON or YAML
    /// @param acceptUnbound whether it takes tokens that are bound to no key
    /// @param verifiesTokens whether it verifies tokens itself
    public record Registration(
            TenantId tenant,
            ServiceId id,
            String upstream,
            String source,
            String openApi,
            boolean acceptUnbound,
            boolean verifiesTokens) {
        byte[] document() {
            return openApi.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// What was registered.
    ///
    /// @param title the document's own
    /// @param operations how many
    /// @param skipped what had to be left out
    public record Registered(String title, int operations, List<Skipped> skipped) {}

    /// @param where in the document
    /// @param why in words
    public record Skipped(String where, String why) {}

    /// Takes a service away.
    ///
    /// @return whether there was one
    public boolean removeService(TenantId tenant, ServiceId id) {
        boolean applied = done(store.commit(new Change.RemoveService(tenant, id)));
        vault.refresh(store);
        directory.changed();
        return applied;
    }

    /// Puts rules in force. A file with an error is refused whole, and the old rules stay.
    ///
    /// @throws dev.daypass.wire.WireException with line and column
    public Rules putRules(TenantId tenant, String source, String text) {
        Rules rules = text.isBlank() ? Rules.none() : Rules.parse(source, text);
        done(
                store.commit(
                        new Change.PutRules(
                                tenant, new Fact.RulesChanged(rules.describe().size(), text))));
        directory.changed();
        return rules;
    }

    public Rules rules(TenantId tenant) {
        return directory.view().tenant(tenant).rules();
    }

    public List<StoredAgent> agents(TenantId tenant) {
        return store.agents().stream().filter(a -> a.tenant().equals(tenant)).toList();
    }

    public List<StoredService> services(TenantId tenant) {
        return directory.view().services(tenant);
    }

    /// Whether a service is an MCP server.
    public boolean mcp(TenantId tenant, ServiceId service) {
        return directory.view().mcp(tenant, service);
    }

    /// A request of an agent that showed no key, as it is judged: it is bound to the agent's
    /// certificate unless all services that it names take tokens that are bound to nothing.
    public OpenRequest settled(OpenRequest request) {
        return request.binding() instanceof OpenRequest.Binding.NothingShown
                        && !directory
                                .view()
                                .acceptUnbound(request.claimant().tenant(), request.services())
                ? request.boundTo(new OpenRequest.Binding.OwnCertificate())
                : request;
    }

    /// A registered agent, as an authenticating client is judged by it; `null` if there is none.
    public @Nullable StoredAgent agent(TenantId tenant, AgentId id) {
        Agent agent = directory.view().agent(tenant, id);
        return agent == null ? null : agent.stored();
    }

    private static boolean done(CompletionStage<Outcome> stage) {
        return stage.toCompletableFuture().join() instanceof Outcome.Applied;
    }

    private static byte[] sha256(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
