package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two whole servers, each broker and edge, on one PostgreSQL: what one answers is true at the
/// other.
class TwoServersTest {
    private EmbeddedPostgres postgres;
    private Installation one;
    private Installation two;
    private Upstream upstream;
    private Agent atOne;
    private Agent atTwo;
    private boolean stopped;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(90)).start();
        Map<String, String> settings =
                Map.of(
                        "DATABASE_URL",
                        "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()),
                        "DATABASE_USER",
                        "postgres",
                        "EDGES_LEASE",
                        "15s");
        one = Installation.start(settings, Clock.systemUTC());
        two = one.beside(settings);
        Await.until("both are members", () -> members(one) == 2 && members(two) == 2);
        upstream = Lab.in(one, "lab");
        atOne = one.agent("agent");
        atTwo = at(two);
    }

    @AfterEach
    void stop() throws IOException {
        if (!stopped) {
            two.close();
        }
        one.close();
        upstream.close();
        postgres.close();
    }

    private static long members(Installation here) {
        return here.operator().send("GET", "/v1/edges", null).json() instanceof Json.Arr(var all)
                ? all.stream().filter(each -> each.text().contains("\"server\":true")).count()
                : -1;
    }

    private Agent at(Installation there) {
        return atOne.at(
                URI.create("https://localhost:" + there.port()), there.data().resolve("agent"));
    }

    private static int called(Agent agent, Agent.Opened account) {
        return agent.call("GET", "/lab/x", account).status();
    }

    private static Answer revoked(Installation here, String account) {
        Answer answer = here.operator().send("DELETE", "/v1/accounts/" + account, null);
        assertTrue(answer.good(), answer.bodyText());
        return answer;
    }

    private static long edges(Answer answer, String how) {
        Json edges = Objects.requireNonNull(JsonFields.of(answer.json()).take("edges"));
        return JsonFields.of(edges).longValue(how);
    }

    @Test
    void what_is_registered_at_one_is_known_at_the_other_when_it_is_answered() {
        Agent.Opened account = atTwo.open(Lab.READ);

        assertEquals(200, called(atTwo, account));
        assertEquals(200, called(atOne, account), "minted at the other");
    }

    @Test
    void what_ends_at_one_is_over_at_the_other_when_it_is_answered() {
        for (int i = 0; i < 20; i++) {
            Agent.Opened account = atOne.open(Lab.READ);
            assertEquals(200, called(atTwo, account));

            Answer ended = revoked(two, account.id());
            assertEquals(401, called(atOne, account));
            assertEquals(401, called(atTwo, account));
            assertEquals(2, edges(ended, "acknowledged"), ended.bodyText());
            assertEquals(0, edges(ended, "waited_out"), ended.bodyText());
        }
    }

    @Test
    void an_agent_completes_and_renews_where_it_likes() {
        Agent.Opened account = atOne.open(Lab.READ);

        assertEquals(200, atTwo.send("POST", "/v1/accounts/" + account.id() + "/token").status());
        assertEquals(
                200, atTwo.send("POST", "/v1/accounts/" + account.id() + "/complete").status());
        assertNotEquals(
                200, atOne.send("POST", "/v1/accounts/" + account.id() + "/token").status());
    }

    @Test
    void rules_and_agents_that_go_at_one_are_gone_at_the_other() {
        one.rules("rules:\n  - {name: never, on: [open], deny: 'true', message: not now}\n");
        assertEquals(403, open(atTwo).status());
        one.rules("");
        assertEquals(201, open(atTwo).status());

        Installation.must(one.operator().send("DELETE", "/v1/agents/agent", null));
        assertEquals(401, open(atTwo).status());
    }

    private static Answer open(Agent agent) {
        return agent.client().open(Json.object().put("task", Lab.READ).put("ttl", "10m").build());
    }

    @Test
    void a_server_that_stops_is_not_waited_for() {
        Agent.Opened account = atOne.open(Lab.READ);
        stopped = true;
        two.close();

        Answer ended = revoked(one, account.id());

        assertEquals(1, edges(ended, "acknowledged"), ended.bodyText());
        assertEquals(0, edges(ended, "waited_out"), ended.bodyText());
    }

    @Test
    void both_sign_the_same_ledger() {
        atOne.open(Lab.READ);
        atTwo.open(Lab.READ);

        for (Installation each : java.util.List.of(one, two)) {
            Answer verified = each.operator().send("GET", "/v1/ledger/verify", null);
            assertEquals("true", verified.text("verified").orElse(""), verified.bodyText());
        }
    }
}
