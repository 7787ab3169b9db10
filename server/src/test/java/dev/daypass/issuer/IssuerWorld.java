package dev.daypass.issuer;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.KnownPeers;
import dev.daypass.authority.Pem;
import dev.daypass.authority.SigningKeys;
import dev.daypass.broker.BrokerParts;
import dev.daypass.broker.LastLife;
import dev.daypass.broker.Minting;
import dev.daypass.broker.Registry;
import dev.daypass.broker.StatusLists;
import dev.daypass.config.Config;
import dev.daypass.dpop.Nonces;
import dev.daypass.dpop.Proofs;
import dev.daypass.dpop.SeenProofs;
import dev.daypass.feed.LocalFeed;
import dev.daypass.http.Body;
import dev.daypass.http.Peer;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.permission.HttpMethod;
import dev.daypass.store.SettableClock;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.users.Users;
import dev.daypass.vault.Access;
import dev.daypass.vault.Sealer;
import dev.daypass.vault.Vault;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The issuer over a real store, without a network, and with a clock that is moved by hand.
final class IssuerWorld implements AutoCloseable {
    static final String ISSUER = "https://daypass.example";
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    static final String SEARCH = "find offers from New York to London";

    private static final String CEILING =
            """
            allow:
              - { service: shop, traits: [read] }
            ttl_max: 12h
            """;
    private static final String RULES =
            """
            rules:
              - name: an-hour-is-long
                on: [open]
                approve: "account.ttl > duration('1h')"
              - name: stores-stay-here
                on: [open]
                deny: "account.grant.exists(g, g.operation == 'listStores')"
                message: Stores are for people.
            """;
    private static final String SHOP =
            """
            openapi: 3.1.0
            info: { title: Shop, version: "1" }
            paths:
              /offers:
                get:
                  operationId: searchOffers
                  tags: [offers]
                  parameters:
                    - { name: from, in: query, schema: { enum: [New York, London] } }
                    - { name: to, in: query, schema: { enum: [New York, London] } }
                  responses: { "200": { description: Offers } }
              /stores:
                get:
                  operationId: listStores
                  tags: [stores]
                  responses: { "200": { description: Stores } }
            """;

    final SettableClock clock = new SettableClock(START);
    final SigningKeys keys;
    final BrokerParts broker;
    final KnownPeers peers;

    private final SqlStore store;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final Routes routes;

    private IssuerWorld(Path directory, int opensBurst) throws IOException {
        var feed = new LocalFeed();
        this.keys = SigningKeys.create(directory, START);
        this.store =
                SqlStore.open(
                        new SqlStore.Options(
                                directory.resolve("test.db"),
                                1_000,
                                100,
                                dev.daypass.store.FixedMaster.KEY),
                        clock,
                        feed);
        var authority = CertificateAuthority.create(directory, "daypass.example", START);
        this.peers = new KnownPeers(authority.anchor());
        var vault = new Vault(Sealer.create(directory.resolve("vault.key")));
        Config config = config(directory, opensBurst);
        var time = new Minting.Time(clock, () -> 0, new SecureRandom());
        var minting = new Minting(ISSUER, config.token().ttlMax(), keys::sign, time);
        Users users = Users.of(config.users(), "daypass.example", clock);
        this.broker =
                BrokerParts.assemble(
                        new BrokerParts.Needs(
                                config, store, feed, vault, authority, users, LastLife.NONE),
                        minting,
                        new EmbeddedParser(),
                        waiting);
        this.routes =
                Issuer.routes(
                        new IssuerParts(
                                ISSUER,
                                broker.broker(),
                                broker.endings(),
                                broker.records(),
                                broker.held(),
                                broker.news(),
                                broker.registry(),
                                new dev.daypass.checkpoint.LedgerProofs(
                                        store,
                                        dev.daypass.checkpoint.Checkpointer.open(
                                                directory, "daypass.example", store.ledger())),
                                StatusLists.of(
                                        ISSUER,
                                        store.outward(),
                                        claims -> keys.sign(StatusLists.TYPE, claims),
                                        clock,
                                        feed),
                                broker.userEvents(),
                                minting,
                                keys,
                                peers,
                                new Proofs(
                                        new Nonces(new byte[32], () -> 0),
                                        new SeenProofs(1_000, () -> 0),
                                        clock),
                                users,
                                clock,
                                waiting),
                        "openapi: 3.1.0",
                        java.util.List.of());
    }

    private static Config config(Path directory, int opensBurst) {
        return Config.load(
                null,
                Map.of(
                        "DAYPASS_DATA",
                        directory.toString(),
                        "DAYPASS_ISSUER",
                        ISSUER,
                        "DAYPASS_TRUST_DOMAIN",
                        "daypass.example",
                        "DAYPASS_ADMIT_OPENS_BURST",
                        String.valueOf(opensBurst),
                        "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS",
                        "true"));
    }

    static IssuerWorld in(Path directory) throws IOException {
        return in(directory, 10_000);
    }

    /// @param opensBurst how many accounts an agent may open at once; time does not refill them
    static IssuerWorld in(Path directory, int opensBurst) throws IOException {
        var world = new IssuerWorld(directory, opensBurst);
        world.broker
                .registry()
                .putService(
                        new Registry.Registration(
                                TenantId.DEFAULT,
                                new ServiceId("shop"),
                                "http://127.0.0.1:1",
                                "shop",
                                SHOP,
                                false,
                                false),
                        Access.NONE);
        world.broker.registry().putRules(TenantId.DEFAULT, "rules", RULES);
        return world;
    }

    /// Registers an agent and certifies a key for it.
    Client client(String name) {
        Registry registry = broker.registry();
        var secret =
                registry.addAgent(
                        TenantId.DEFAULT,
                        new AgentId(name),
                        CEILING,
                        Map.of(new ServiceId("shop"), "find offers"));
        EnrolmentKey key = EnrolmentKey.generate();
        byte[] request = key.requestPem().getBytes(StandardCharsets.US_ASCII);
        return switch (registry.enrol(TenantId.DEFAULT, secret, request)) {
            case Registry.Enrolment.Enrolled(var chain, var _) ->
                    new Client(name, key, Pem.certificates(chain).getFirst());
            case Registry.Enrolment.Refused(var why) -> throw new IllegalStateException(why);
            case Registry.Enrolment.TooMany(var why) ->
                    throw new IllegalStateException(why.detail());
        };
    }

    /// A registered agent as seen from its own side.
    ///
    /// @param name its name, and its `client_id`
    /// @param key its key
    /// @param certificate its certificate
    record Client(String name, EnrolmentKey key, X509Certificate certificate) {}

    /// What was answered.
    ///
    /// @param status HTTP status
    /// @param headers header fields
    /// @param body the body
    record Answer(int status, Map<String, String> headers, String body) {
        JsonFields json() {
            return JsonFields.of(Json.parse(body));
        }

        String error() {
            return status + " " + json().string("error");
        }
    }

    /// A form to an OAuth endpoint.
    ///
    /// @param by whose certificate the connection has; `null` for none
    Answer post(String path, @Nullable Client by, Map<String, String> form) {
        return send(
                HttpMethod.POST,
                path,
                peer(by),
                Map.of("content-type", "application/x-www-form-urlencoded"),
                encoded(form));
    }

    /// The client-credentials grant.
    Answer token(@Nullable Client by, Map<String, String> more) {
        var form = new java.util.HashMap<>(more);
        form.putIfAbsent("grant_type", "client_credentials");
        return post("/oauth2/token", by, form);
    }

    /// An access token for a task.
    String accessToken(Client by, String task) {
        Answer answer = token(by, Map.of("authorization_details", details(task, "10m")));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.json().string("access_token");
    }

    static String details(String task, String ttl) {
        return Json.array(
                        java.util.List.of(
                                Json.object()
                                        .put("type", "agent_task")
                                        .put("task", task)
                                        .put("ttl", ttl)
                                        .build()))
                .text();
    }

    Answer json(HttpMethod method, String path, @Nullable Client by, String body) {
        return send(method, path, peer(by), Map.of("content-type", "application/json"), body);
    }

    static Peer peer(@Nullable Client by) {
        return new Peer(by == null ? null : by.certificate(), "192.0.2.7");
    }

    Answer send(
            HttpMethod method, String path, Peer peer, Map<String, String> headers, String body) {
        if (!(routes.find(method, path) instanceof Routes.Found.Match(var route, var variables))) {
            throw new IllegalArgumentException("no route: " + method + " " + path);
        }
        var request =
                new Request(
                        method,
                        path,
                        "",
                        MultiMap.caseInsensitiveMultiMap().addAll(headers),
                        Body.of(body.getBytes(StandardCharsets.UTF_8)),
                        peer,
                        variables);
        Response response = route.endpoint().answer(request).toCompletableFuture().join();
        return new Answer(response.status(), response.headers(), response.body().text());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e ->
                        e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// Nothing can be made durable from here on.
    void breakStore() {
        store.close();
    }

    @Override
    public void close() {
        waiting.close();
        store.close();
    }
}
