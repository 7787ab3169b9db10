package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.catalog.CatalogJson;
import dev.daypass.feed.LocalFeed;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.IntentParser;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.store.Change;
import dev.daypass.store.Sample;
import dev.daypass.store.Sealed;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.users.UserGrants;
import dev.daypass.vault.Sealer;
import dev.daypass.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A broker on a real file, with a clock that stands, one service and one agent.
final class House implements AutoCloseable {
    static final Duration TTL_DEFAULT = Duration.ofMinutes(10);
    static final Duration TTL_MAX = Duration.ofHours(8);
    static final Duration APPROVAL_WAIT = Duration.ofHours(1);
    static final int BURST = 20;
    static final int TENANT_RATE = 30;
    static final int LIVING_MAX = 25;
    static final int WAITING_MAX = 4;
    static final String TASK = "list the offers";
    static final String CEILING =
            """
            allow:
              - service: flights
                traits: [read, write, delete]
            ttl_max: 2h
            calls_max: 500
            """;

    final SettableClock clock = new SettableClock(Sample.START);
    final AtomicLong nanos = new AtomicLong();
    final LocalFeed feed = new LocalFeed();
    final List<Recorded> heard = new CopyOnWriteArrayList<>();
    final SqlStore store;
    final Vault vault;
    final Directory directory;
    final LargeGrants largeGrants;
    final LivingAccounts living;
    final Minting minting;
    final Broker broker;
    final Fleet fleet;
    final Endings endings;
    final Approvals approvals;
    final Registry registry;
    final Allotments allotments;
    final LocalEdgeLink link;

    House(Path home) throws IOException {
        this(home, new EmbeddedParser());
    }

    House(Path home, IntentParser parser) throws IOException {
        this(home, parser, new UserGrants(List.of()));
    }

    House(Path home, IntentParser parser, UserGrants users) throws IOException {
        feed.subscribe(heard::add);
        store =
                SqlStore.open(
                        new SqlStore.Options(
                                home.resolve("daypass.db"),
                                4_096,
                                64,
                                dev.daypass.store.FixedMaster.KEY),
                        clock,
                        feed);
        vault = new Vault(Sealer.create(home.resolve("vault.key")));
        minting =
                new Minting(
                        "https://edge.test:8443",
                        Duration.ofHours(1),
                        House::unsigned,
                        new Minting.Time(clock, nanos::get, new SecureRandom()));
        directory = new Directory(store, nanos::get, new Directory.Rates(1, BURST, TENANT_RATE));
        largeGrants = new LargeGrants(TTL_MAX);
        living = new LivingAccounts(LIVING_MAX, WAITING_MAX);
        feed.subscribe(living::hear);
        var line =
                new OpeningLine(
                        directory,
                        parser,
                        minting,
                        new OpeningLine.Limits(
                                "daypass.test",
                                TTL_DEFAULT,
                                TTL_MAX,
                                dev.daypass.intent.LaterWishes.GRANT,
                                users));
        broker =
                new Broker(
                        new Broker.Needs(store, directory, line, minting, largeGrants, living),
                        APPROVAL_WAIT,
                        Runnable::run);
        var presence =
                new Presence(
                        store, minting, LeaseTerms.of(Duration.ofSeconds(2)), true, LastLife.NONE);
        fleet =
                Fleet.of(
                        store,
                        feed,
                        minting,
                        new Fleet.Terms(
                                LeaseTerms.of(Duration.ofSeconds(2)),
                                Duration.ofHours(1),
                                true,
                                _ -> {
                                    throw new IllegalStateException("no edge joins");
                                },
                                presence));
        endings = new Endings(store, fleet);
        approvals = new Approvals(store, minting, broker.widenings(), Runnable::run);
        registry =
                new Registry(
                        new Registry.Needs(
                                store,
                                directory,
                                vault,
                                CertificateAuthority.create(
                                        home.resolve("ca"), "daypass.test", Sample.START)),
                        minting,
                        true);
        allotments = new Allotments(store);
        feed.subscribe(allotments::hear);
        link = new LocalEdgeLink(store, feed, largeGrants, allotments, clock, presence);
    }

    /// With a service and two agents that are enrolled.
    static House furnished(Path home) throws IOException {
        return furnished(new House(home));
    }

    static House furnished(House house) {
        house.putFlights();
        house.enrolled(Sample.AGENT, CEILING, print('A').value());
        house.enrolled(Sample.OTHER_AGENT, null, print('B').value());
        return house;
    }

    void rules(String rules) {
        registry.putRules(Sample.TENANT, "rules", rules);
    }

    /// An account that waits for the operator `ada`; no later one does.
    AccountId asked(OpenRequest request) {
        rules("rules:\n  - {name: ask, on: [open], approve: 'true', by: ada}\n");
        AccountId id = waiting(request).account().id();
        rules("");
        return id;
    }

    static OpenRequest asking(String task, @Nullable Duration ttl, @Nullable Long calls) {
        return new OpenRequest(claimant(Sample.AGENT, 'A'), task, ttl, Set.of(), null, calls);
    }

    /// Why an ending was refused that ended nothing.
    static Refusal.Kind refused(Ending ending) {
        Refusal why = ending.refused();
        assertEquals(0, ending.accounts());
        return why == null ? Refusal.Kind.UNAVAILABLE : why.kind();
    }

    // A token that anyone can read: these tests are not about signatures.
    private static String unsigned(String payload) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    }

    void putService(ServiceId service, List<Operation> operations) {
        String upstream = "https://" + service + ".example";
        join(
                store.commit(
                        new Change.PutService(
                                new StoredService(
                                        Sample.TENANT,
                                        service,
                                        upstream,
                                        CatalogJson.write(operations).text(),
                                        "none",
                                        null,
                                        false),
                                new Fact.ServiceAdded(
                                        service,
                                        upstream,
                                        operations.size(),
                                        "hash",
                                        "none",
                                        false))));
        directory.refresh();
    }

    static Operation operation(ServiceId service, String name, HttpMethod method, Trait trait) {
        return new Operation(
                new OperationId(service, name),
                method,
                PathTemplate.parse(
                        "/" + name.replaceAll("^[a-z]+", "").toLowerCase(java.util.Locale.ROOT)),
                EnumSet.of(trait),
                List.of(new Parameter(Parameter.Place.QUERY, "q", false, "string", List.of(), "")),
                "",
                List.of());
    }

    void putFlights() {
        putService(
                Sample.SERVICE,
                List.of(
                        operation(Sample.SERVICE, "listOffers", HttpMethod.GET, Trait.READ),
                        operation(Sample.SERVICE, "createBookings", HttpMethod.POST, Trait.WRITE)));
    }

    /// An agent that is enrolled with a certificate of that thumbprint.
    void enrolled(AgentId agent, @Nullable String ceiling, String thumbprint) {
        join(
                store.commit(
                        new Change.AddAgent(
                                new StoredAgent(
                                        Sample.TENANT, agent, ceiling, Map.of(), null, null),
                                new Sealed(thumbprint.getBytes(StandardCharsets.UTF_8)),
                                clock.instant().plusSeconds(60),
                                new Fact.AgentAdded(
                                        agent, dev.daypass.wire.Json.object().build()))));
        join(
                store.commit(
                        new Change.Enrol(
                                Sample.TENANT,
                                new Sealed(thumbprint.getBytes(StandardCharsets.UTF_8)),
                                clock.instant(),
                                "{}",
                                new Fact.AgentEnrolled(agent, thumbprint, false))));
        directory.refresh();
    }

    static KeyThumbprint.Certificate print(char letter) {
        return new KeyThumbprint.Certificate(String.valueOf(letter).repeat(42) + "A");
    }

    static OpenRequest.Claimant claimant(AgentId agent, char print) {
        return claimant(Sample.TENANT, agent, print);
    }

    static OpenRequest.Claimant claimant(TenantId tenant, AgentId agent, char print) {
        return new OpenRequest.Claimant(tenant, agent, print(print), "10.1.2.3");
    }

    static OpenRequest request() {
        return new OpenRequest(claimant(Sample.AGENT, 'A'), TASK, null, Set.of(), null, null);
    }

    static OpenRequest below(AccountId parent, @Nullable Duration ttl, @Nullable Long calls) {
        return new OpenRequest(claimant(Sample.AGENT, 'A'), TASK, ttl, Set.of(), parent, calls);
    }

    Opening open(OpenRequest request) {
        return join(broker.open(request, opening -> opening));
    }

    Opening.Active active(OpenRequest request) {
        return switch (open(request)) {
            case Opening.Active active -> active;
            case Opening.Waiting waiting -> throw new AssertionError(waiting.toString());
            case Opening.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    Opening.Waiting waiting(OpenRequest request) {
        return switch (open(request)) {
            case Opening.Waiting waiting -> waiting;
            case Opening.Active active -> throw new AssertionError(active.toString());
            case Opening.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    Refusal refusal(OpenRequest request) {
        return switch (open(request)) {
            case Opening.Refused(var why) -> why;
            case Opening.Active active -> throw new AssertionError(active.toString());
            case Opening.Waiting waiting -> throw new AssertionError(waiting.toString());
        };
    }

    StoredAccount stored(AccountId id) {
        return store.account(id).orElseThrow();
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static Instant after(Duration time) {
        return Sample.START.plus(time);
    }

    @Override
    public void close() {
        store.close();
    }
}
