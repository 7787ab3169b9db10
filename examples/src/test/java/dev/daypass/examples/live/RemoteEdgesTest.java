package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One broker and four edges, five processes: what must be exact is exact, and what was revoked is
/// accepted nowhere.
class RemoteEdgesTest {
    private static final int EDGES = 4;

    private static EdgeFleet fleet;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        fleet = EdgeFleet.start(EDGES, "20s");
        http = fleet.http();
    }

    @AfterAll
    static void stop() {
        http.close();
        fleet.close();
    }

    private static int read(EdgeFleet.Member edge, Agent.Opened account) {
        try {
            return http.send(EdgeFleet.read(edge, account), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> atOnce(int calls, Agent.Opened account) {
        var next = new AtomicInteger();
        return Crowd.of(
                calls, () -> read(fleet.edges().get(next.getAndIncrement() % EDGES), account));
    }

    @Test
    void an_edge_elsewhere_puts_in_the_credential_and_no_other_does() {
        fleet.upstream().follow(Upstream::fine);
        Agent.Opened account = fleet.agent().open(Lab.READ);

        for (EdgeFleet.Member edge : fleet.edges()) {
            assertEquals(200, read(edge, account), edge.name());
            assertEquals("Bearer " + Lab.KEY, fleet.upstream().last().field("authorization"));
        }
    }

    @Test
    void of_sixty_four_uses_at_once_at_four_edges_exactly_as_many_succeed_as_are_permitted() {
        for (int uses : List.of(1, 20, 37)) {
            fleet.upstream().follow(Upstream::fine);
            Agent.Opened account =
                    fleet.agent()
                            .open(Json.object().put("task", Lab.READ).put("uses", uses).build());

            List<Integer> statuses = atOnce(64, account);

            assertEquals(uses, Collections.frequency(statuses, 200), statuses.toString());
            assertEquals(uses, fleet.upstream().received().size());
            Await.until("spent", () -> state(account).equals("spent"));
        }
    }

    private static String state(Agent.Opened account) {
        return fleet.operator()
                .send("GET", "/v1/accounts/" + account.id(), null)
                .text("reason")
                .orElse("");
    }

    @Test
    void a_revocation_is_acknowledged_by_four_edges_and_none_accepts_the_token_afterwards() {
        for (int round = 0; round < 5; round++) {
            Agent.Opened account = fleet.agent().open(Lab.READ);
            fleet.edges().forEach(edge -> assertEquals(200, read(edge, account)));

            JsonFields edges = fleet.revoke(account);

            fleet.edges().forEach(edge -> assertEquals(401, read(edge, account), edge.name()));
            assertEquals(EDGES, edges.longValue("acknowledged"));
            assertEquals(0, edges.longValue("waited_out"));
        }
    }

    @Test
    void a_stream_at_an_edge_elsewhere_is_cut_when_its_account_is_revoked() throws Exception {
        fleet.upstream()
                .follow((_, _, out) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: begun\n\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    LockSupport.park(); // until the test ends
                });
        Agent.Opened account = fleet.agent().open(Lab.READ);
        HttpResponse<InputStream> stream =
                http.send(
                        EdgeFleet.read(fleet.edges().getLast(), account),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals('d', stream.body().read());

        fleet.revoke(account);

        assertThrows(IOException.class, () -> stream.body().readAllBytes());
        fleet.upstream().follow(Upstream::fine);
    }

    @Test
    void health_says_how_an_edge_stands_with_its_broker() {
        EdgeFleet.Answered said = EdgeFleet.health(fleet.edges().getFirst().process());

        assertEquals(200, said.status());
        assertTrue(said.body().contains("\"state\":\"joined\""), said.body());
        assertTrue(said.body().contains("lease_left_ms"), said.body());
    }

    @Test
    void what_edges_did_is_in_the_ledger_of_the_broker() {
        Agent.Opened account = fleet.agent().open(Lab.READ);
        fleet.edges().forEach(edge -> assertEquals(200, read(edge, account)));

        Await.until(
                "four calls are recorded",
                () ->
                        fleet.operator()
                                .send(
                                        "GET",
                                        "/v1/ledger/accounts/%s/report".formatted(account.id()),
                                        null)
                                .bodyText()
                                .contains("\"calls_made\":" + EDGES));
    }
}
