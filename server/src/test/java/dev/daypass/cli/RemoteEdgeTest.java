package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.ServerCredential;
import dev.daypass.feed.RouteJson;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.remote.BrokerClient;
import dev.daypass.remote.BrokerTls;
import dev.daypass.remote.EdgeLives;
import dev.daypass.remote.RemoteEdgeLink;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.vault.EdgeVault;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The link of an edge in another process, over real TLS to a real server.
class RemoteEdgeTest {
    private static final String NEVER =
            "rules:\n  - {name: never, on: [call], deny: 'true', message: no}\n";

    private static final String WIDE =
            """
            openapi: 3.0.0
            info: {title: wide, version: '1'}
            paths:
            """;
    @TempDir Path home;
    private Server server;
    private URI broker;
    private OperatorClient operator;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong lives = new AtomicLong();
    private final List<BrokerClient> clients = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aServer() {
        LiveBroker live =
                LiveBroker.start(
                        home.resolve("data"),
                        Map.of(
                                "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true",
                                "DAYPASS_EDGES_LEASE", "6s"));
        server = live.server();
        broker = live.uri();
        operator = live.operator();
    }

    @AfterEach
    void closed() {
        clients.forEach(BrokerClient::close);
        server.close();
        executor.close();
    }

    private String token(String name) {
        Answer added = operator.send("POST", "/v1/edges", Json.object().put("name", name).build());
        return JsonFields.of(added.json()).string("enrolment_token");
    }

    private AgentIdentity enrolled(String name) throws Exception {
        String token = token(name);
        EnrolmentKey key = EnrolmentKey.generate();
        String chain = JsonFields.of(enrol(token, key).json()).string("certificate");
        AgentIdentity.write(home.resolve(name), key, chain, broker);
        return AgentIdentity.read(home.resolve(name));
    }

    private Answer enrol(String token, EnrolmentKey key) {
        var print = new KeyThumbprint.Certificate(token.substring(token.lastIndexOf('.') + 1));
        return new Http(broker, ClientTls.pinned(print), Map.of())
                .send(
                        "POST",
                        "/v1/edge/enrol",
                        Json.object().put("token", token).put("csr", key.requestPem()).build());
    }

    private RemoteEdgeLink link(AgentIdentity identity, String name) {
        return link(identity, name, InstantSource.system());
    }

    private RemoteEdgeLink link(AgentIdentity identity, String name, InstantSource clock) {
        return new RemoteEdgeLink(
                new RemoteEdgeLink.Needs(
                        name,
                        client(identity),
                        new EdgeVault(
                                identity.key().key(),
                                (_, _, _) -> CompletableFuture.completedStage(false)),
                        LeaseTerms.of(Duration.ofSeconds(6)),
                        System::nanoTime,
                        clock,
                        () -> "life" + lives.incrementAndGet()));
    }

    @Test
    void an_edge_joins_hears_what_happens_and_is_waited_for() throws Exception {
        AgentIdentity identity = enrolled("berlin");
        var heard = new CopyOnWriteArrayList<Recorded>();
        try (RemoteEdgeLink link = link(identity, "berlin")) {
            assertFalse(link.fresh());
            link.join(heard::add);
            until(link::fresh);

            Json rules = Json.object().put("source", "rules.yaml").put("text", NEVER).build();
            assertTrue(operator.send("PUT", "/v1/rules", rules).good());
            until(() -> heard.stream().anyMatch(RemoteEdgeTest::rules));
            Json said =
                    operator.send("POST", "/v1/revoke", Json.object().put("all", true).build())
                            .json();

            JsonFields edges = JsonFields.of(required(JsonFields.of(said).take("edges")));
            assertEquals(2, edges.longValue("acknowledged"));
            assertEquals(0, edges.longValue("waited_out"));
        }
    }

    private static boolean rules(Recorded recorded) {
        return recorded.fact() instanceof Fact.RulesChanged(var _, var text)
                && text.startsWith("rules");
    }

    @Test
    void what_an_edge_starts_with_may_be_far_larger_than_what_is_said_at_once() throws Exception {
        int operations = 600;
        var openApi = new StringBuilder(WIDE);
        for (int i = 0; i < operations; i++) {
            openApi.append(
                    """
                      /things-%d:
                        get:
                          operationId: listThings%d
                          summary: %s
                          responses: {'200': {description: ok}}
                    """
                            .formatted(i, i, "things of a kind ".repeat(8)));
        }
        Answer added =
                operator.send(
                        "PUT",
                        "/v1/services/wide",
                        Json.object()
                                .put("source", "wide")
                                .put("openapi", openApi.toString())
                                .put("upstream", "http://127.0.0.1:1")
                                .build());
        assertTrue(added.good(), added.bodyText());
        AgentIdentity identity = enrolled("berlin");
        try (RemoteEdgeLink link = link(identity, "berlin")) {
            link.join(_ -> {});
            until(link::fresh);

            ServiceRoute route =
                    Objects.requireNonNull(link.route(TenantId.DEFAULT, new ServiceId("wide")));
            String told = RouteJson.write(new RouteJson.Handed(route, null, false)).text();
            assertTrue(told.length() > 64 * 1024, told.length() + " characters");
            assertEquals(operations, route.surface().operations().size());
        }
    }

    @Test
    void an_edge_that_was_taken_away_is_refused_when_it_renews_its_lease() throws Exception {
        try (RemoteEdgeLink link = link(enrolled("berlin"), "berlin")) {
            link.join(_ -> {});
            until(link::fresh);
            operator.send("DELETE", "/v1/edges/berlin", null);
            until(() -> !link.fresh());
        }
    }

    @Test
    void an_enrolment_token_is_good_once_and_an_agent_is_no_edge() throws Exception {
        String token = token("berlin");
        assertTrue(enrol(token, EnrolmentKey.generate()).good());
        Answer again = enrol(token, EnrolmentKey.generate());
        assertFalse(again.good());

        var anonymous =
                client(
                        new BrokerTls(
                                ClientTls.pinned(
                                        new KeyThumbprint.Certificate(
                                                token.substring(token.lastIndexOf('.') + 1))),
                                new ClientSSLOptions()));
        assertThrows(
                java.util.concurrent.ExecutionException.class,
                () -> anonymous.get("/v1/edge/trust").get(60, TimeUnit.SECONDS));
    }

    private static InstantSource off(Duration by) {
        return InstantSource.offset(InstantSource.system(), by);
    }

    @Test
    void an_edge_whose_clock_is_an_hour_off_hears_what_ended_and_acknowledges_it()
            throws Exception {
        Map<String, Duration> clocks =
                Map.of("late", Duration.ofMinutes(-59), "early", Duration.ofHours(1));
        for (Map.Entry<String, Duration> one : clocks.entrySet()) {
            try (RemoteEdgeLink link =
                    link(enrolled(one.getKey()), one.getKey(), off(one.getValue()))) {
                link.join(_ -> {});
                until(link::fresh);
                Json all = Json.object().put("all", true).build();
                JsonFields edges =
                        JsonFields.of(
                                required(
                                        JsonFields.of(
                                                        operator.send("POST", "/v1/revoke", all)
                                                                .json())
                                                .take("edges")));
                assertEquals(0, edges.longValue("waited_out"), one.getKey());
            }
        }
    }

    @Test
    void an_edge_whose_clock_is_further_behind_than_the_store_remembers_does_not_serve()
            throws Exception {
        try (RemoteEdgeLink link = link(enrolled("slow"), "slow", off(Duration.ofHours(-2)))) {
            var heard = new CopyOnWriteArrayList<Recorded>();
            link.join(heard::add);
            until(() -> !heard.isEmpty());
            assertFalse(link.fresh());
        }
    }

    private BrokerClient client(EdgeIdentity identity) {
        return client(ClientTls.of(identity));
    }

    private BrokerClient client(AgentIdentity identity) {
        return client(ClientTls.edge(identity.key(), identity.chain(), identity.authority()));
    }

    private BrokerClient client(BrokerTls tls) {
        var client = new BrokerClient(List.of(broker), tls, executor);
        clients.add(client);
        return client;
    }

    private static void refused(BrokerClient client) {
        var refused =
                assertThrows(
                        java.util.concurrent.CompletionException.class,
                        () -> client.get("/v1/edge/trust").join());
        assertTrue(String.valueOf(refused.getMessage()).contains("has another certificate"));
    }

    @Test
    void a_renewed_certificate_counts_from_when_it_is_shown_and_the_old_one_no_more() {
        Path data = home.resolve("edge");
        EdgeIdentity first = EdgeEnrolment.enrol(broker, Secret.of(token("berlin")), data);
        BrokerClient before = client(first);
        BrokerClient now = client(first);
        var vault =
                new EdgeVault(
                        first.key().key(), (_, _, _) -> CompletableFuture.completedStage(false));
        var listeners = new CopyOnWriteArrayList<ServerCredential>();
        var renewal = new EdgeRenewal(data, first, now, vault, listeners::add);

        // An answer that was lost: nothing is lost with it.
        before.post(
                        "/v1/edge/certificate",
                        Json.object().put("csr", EnrolmentKey.generate().requestPem()).build())
                .join();
        EdgeIdentity second = renewal.renew();

        assertFalse(first.certificate().getPublicKey().equals(second.certificate().getPublicKey()));
        assertEquals(second.certificate(), EdgeIdentity.read(data).certificate());
        assertEquals(1, listeners.size());
        now.get("/v1/edge/trust").join();
        refused(client(first));
        EdgeIdentity third = renewal.renew();
        refused(client(second));
        client(third).get("/v1/edge/trust").join();
    }

    @Test
    void of_two_who_renew_from_one_certificate_only_the_first_to_show_it_is_known() {
        Path data = home.resolve("edge");
        EdgeIdentity first = EdgeEnrolment.enrol(broker, Secret.of(token("berlin")), data);
        EdgeIdentity other = next(first);
        EdgeIdentity mine = next(first);

        client(mine).get("/v1/edge/trust").join();

        refused(client(other));
        refused(client(first));
        client(mine).get("/v1/edge/trust").join();
    }

    private EdgeIdentity next(EdgeIdentity from) {
        EnrolmentKey key = EnrolmentKey.generate();
        Json answer =
                client(from)
                        .post(
                                "/v1/edge/certificate",
                                Json.object().put("csr", key.requestPem()).build())
                        .join();
        return EdgeIdentity.of(key, JsonFields.of(answer).string("certificate"), broker);
    }

    @Test
    void a_certificate_is_due_once_two_thirds_of_its_life_are_over() {
        EdgeIdentity edge =
                EdgeEnrolment.enrol(broker, Secret.of(token("berlin")), home.resolve("edge"));
        Instant from = edge.certificate().getNotBefore().toInstant();
        Duration life = Duration.between(from, edge.certificate().getNotAfter().toInstant());
        Instant due = from.plus(life.multipliedBy(2).dividedBy(3));

        assertFalse(EdgeRenewal.due(edge.certificate(), due.minusMillis(1)));
        assertTrue(EdgeRenewal.due(edge.certificate(), due));
    }

    @Test
    void a_process_that_was_there_before_another_of_its_identity_shows_both() {
        var one = new EdgeLives(new SecureRandom());
        var two = new EdgeLives(new SecureRandom());
        var first = new Incarnation("berlin", one.get());
        var other = new Incarnation("berlin", two.get());
        var again = new Incarnation("berlin", one.get());

        assertFalse(other.twin(first), "one that starts anew");
        assertTrue(again.twin(other));
        assertFalse(again.twin(first));
        assertFalse(again.twin(new Incarnation("oslo", two.get())));
    }

    private static Json required(@org.jspecify.annotations.Nullable Json json) {
        assertTrue(json != null);
        return json == null ? Json.array(List.of()) : json;
    }

    private static void until(java.util.function.BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "it never came");
            Thread.onSpinWait();
        }
    }
}
