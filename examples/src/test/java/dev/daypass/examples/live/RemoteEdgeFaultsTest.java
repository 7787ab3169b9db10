package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.DataDirectoryFailure;
import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.cli.Unreachable;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Row 5 across processes: an edge that stands still, a broker that is killed, two processes of one
/// identity, a broker that is none.
///
/// Mutation: `EdgeMembership.fresh` forgets that leases end.
class RemoteEdgeFaultsTest {
    private static EdgeFleet fleet;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        fleet = EdgeFleet.start(2, "4s");
        http = fleet.http();
    }

    @AfterAll
    static void stop() {
        http.close();
        fleet.close();
    }

    private static HttpResponse<String> answer(EdgeFleet.Member edge, Agent.Opened account) {
        try {
            return http.send(EdgeFleet.read(edge, account), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int read(EdgeFleet.Member edge, Agent.Opened account) {
        return answer(edge, account).statusCode();
    }

    private static void allServe() {
        Agent.Opened account = fleet.agent().open(Lab.READ);
        for (EdgeFleet.Member edge : fleet.edges().subList(0, 2)) {
            Await.until(edge.name() + " serves", () -> read(edge, account) == 200);
        }
        // Whatever else was a member before is waited for no more.
        Await.until("they are the only members", () -> lives(_ -> true) == 2);
    }

    /// How many lives of edges a revocation waits for.
    private static long lives(Predicate<String> edges) {
        Json all = fleet.operator().send("GET", "/v1/edges", null).json();
        return ((Json.Arr) all)
                .items().stream()
                        .map(JsonFields::of)
                        .filter(edge -> edges.test(edge.string("name")))
                        .mapToLong(edge -> edge.items("lives").size())
                        .sum();
    }

    @Test
    void an_edge_that_stands_still_is_waited_out_and_accepts_nothing_when_it_wakes() {
        allServe();
        EdgeFleet.Member still = fleet.edges().getFirst();
        Agent.Opened account = fleet.agent().open(Lab.READ);
        assertEquals(200, read(still, account));

        still.process().signal("STOP");
        JsonFields edges = fleet.revoke(account);
        // Waits in the socket of a process that does not run.
        CompletableFuture<HttpResponse<String>> queued =
                http.sendAsync(
                        EdgeFleet.read(still, account), HttpResponse.BodyHandlers.ofString());
        still.process().signal("CONT");

        assertEquals(1, edges.longValue("acknowledged"));
        assertEquals(1, edges.longValue("waited_out"));
        assertTrue(List.of(401, 503).contains(queued.join().statusCode()));
        Await.until(
                "it knows",
                () -> {
                    int status = read(still, account);
                    assertTrue(List.of(401, 503).contains(status), "answered " + status);
                    return status == 401;
                });
        allServe();
    }

    @Test
    void without_its_broker_an_edge_serves_until_its_lease_ends_and_recovers_by_itself() {
        allServe();
        Agent.Opened account = fleet.agent().open(Lab.READ);
        EdgeFleet.Member edge = fleet.edges().getFirst();

        fleet.killBroker();
        int served = 0;
        HttpResponse<String> answer = answer(edge, account);
        while (answer.statusCode() == 200) {
            served++;
            answer = answer(edge, account);
        }
        EdgeFleet.Answered health = EdgeFleet.health(edge.process());
        fleet.restartBroker();

        assertTrue(served > 0, answer.body());
        assertEquals(503, answer.statusCode());
        assertEquals(
                "application/problem+json", answer.headers().firstValue("content-type").orElse(""));
        assertTrue(answer.body().contains("\"step\":\"fresh\""), answer.body());
        assertEquals(503, health.status());
        assertTrue(health.body().contains("\"state\":\"cut off\""), health.body());
        assertTrue(health.body().contains("cannot be connected to"), health.body());
        fleet.edges()
                .subList(0, 2)
                .forEach(each -> Await.until("again", () -> read(each, account) == 200));
        int once = served + 2;
        Await.until("what was served meanwhile is recorded", () -> calls(account) >= once);
    }

    @Test
    void what_changes_something_is_not_sent_while_it_could_not_be_recorded() throws IOException {
        allServe();
        Agent.Opened account = fleet.agent().open(Lab.ALL);
        EdgeFleet.Member edge = fleet.edges().getFirst();
        assertEquals(200, write(edge, account));
        fleet.upstream().follow(Upstream::fine);

        fleet.killBroker();
        Await.until(
                "it has noticed",
                () -> EdgeFleet.health(edge.process()).body().contains("\"why\""));
        int answered = write(edge, account);
        fleet.restartBroker();

        assertEquals(503, answered);
        assertEquals(List.of(), fleet.upstream().received());
        Await.until("again", () -> write(edge, account) == 200);
    }

    private static int write(EdgeFleet.Member edge, Agent.Opened account) {
        try {
            return http.send(
                            java.net.http.HttpRequest.newBuilder(edge.at("/lab/x"))
                                    .header("authorization", account.bearer())
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long calls(Agent.Opened account) {
        return JsonFields.of(
                        fleet.operator()
                                .send(
                                        "GET",
                                        "/v1/ledger/accounts/%s/report".formatted(account.id()),
                                        null)
                                .json())
                .longValue("calls_made");
    }

    @Test
    void two_processes_of_one_identity_are_noticed_and_neither_serves() throws IOException {
        EdgeFleet.Member first = fleet.join("twin");
        Path copy = fleet.edgeData("copy");
        copied(first.data(), copy);
        try (ServerProcess second = fleet.started("copy", copy)) {
            for (ServerProcess each : List.of(first.process(), second)) {
                Await.until(
                        "it is refused, and serves no more",
                        () -> {
                            EdgeFleet.Answered health = EdgeFleet.health(each);
                            return health.status() == 503
                                    && health.body().contains("two processes");
                        });
            }
        }
        assertTrue(Files.readString(fleet.log("broker").toPath()).contains("two processes use"));
        assertEquals(
                1,
                fleet.operator()
                                .send("GET", "/v1/edges", null)
                                .bodyText()
                                .split("\"enrolled\":false", -1)
                                .length
                        - 1);
        first.process().kill();
        fleet.forget(first);
        Await.until("it is struck off", () -> lives("twin"::equals) == 0);
        fleet.operator().send("DELETE", "/v1/edges/twin", null);
        allServe();
    }

    private static void copied(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void a_second_process_of_one_data_directory_does_not_start() throws IOException {
        String said = failure("again", fleet.edges().getFirst().data(), Map.of());

        assertTrue(said.contains("runs with the identity in"), said);
    }

    @Test
    void an_edge_that_was_taken_away_does_not_start_and_says_what_to_do() throws IOException {
        EdgeEnrolment.enrol(fleet.brokerUrl(), fleet.added("gone"), fleet.edgeData("gone"));
        fleet.operator().send("DELETE", "/v1/edges/gone", null);

        String said = failure("gone", fleet.edgeData("gone"), Map.of());

        assertTrue(said.contains("is not registered"), said);
        assertTrue(said.contains("daypass edge add NAME"), said);
    }

    @Test
    void without_an_identity_an_edge_says_how_to_get_one() throws IOException {
        String said = failure("none", Files.createDirectories(fleet.edgeData("none")), Map.of());

        assertTrue(said.contains("daypass edge enrol --broker URL"), said);
    }

    /// What an edge says that does not start.
    private static String failure(String name, Path data, Map<String, String> settings)
            throws IOException {
        assertThrows(AssertionError.class, () -> fleet.started(name, data, settings).close());
        return Files.readString(fleet.log(name).toPath());
    }

    @Test
    void a_broker_of_another_authority_is_not_believed() throws IOException {
        Path other = Installation.temporary();
        new DataDirectory(other.resolve("data")).init(Installation.DOMAIN, java.time.Instant.now());
        try (ServerProcess forged =
                ServerProcess.start(
                        other.resolve("data"),
                        Map.of("ROLES", "broker,console"),
                        fleet.log("forged"))) {
            String url = "https://localhost:" + forged.agents();
            Secret token = fleet.added("careful");
            assertThrows(
                    Unreachable.class,
                    () ->
                            EdgeEnrolment.enrol(
                                    java.net.URI.create(url), token, fleet.edgeData("careful")));
            EdgeEnrolment.enrol(fleet.brokerUrl(), token, fleet.edgeData("careful"));

            // The forged one is tried first, refused, and the true one found.
            try (ServerProcess edge =
                    fleet.started(
                            "careful",
                            fleet.edgeData("careful"),
                            Map.of("EDGE_BROKERS", url + "," + fleet.brokerUrl()))) {
                assertEquals(200, EdgeFleet.health(edge).status());
                assertTrue(
                        Files.readString(fleet.log("careful").toPath())
                                .contains(
                                        "is not from the authority that this edge enrolled with"));
            }
        }
        Installation.delete(other);
    }

    @Test
    void an_enrolment_token_of_another_kind_or_used_before_is_refused_with_what_to_do() {
        Secret token = fleet.added("once");
        EdgeEnrolment.enrol(fleet.brokerUrl(), token, fleet.edgeData("once"));
        for (Secret bad : List.of(token, Secret.of("once.secret"), Secret.of("x"))) {
            DataDirectoryFailure refused =
                    assertThrows(
                            DataDirectoryFailure.class,
                            () ->
                                    EdgeEnrolment.enrol(
                                            fleet.brokerUrl(), bad, fleet.edgeData("twice")));
            assertTrue(String.valueOf(refused.getMessage()).contains("daypass edge add"));
        }
    }
}
