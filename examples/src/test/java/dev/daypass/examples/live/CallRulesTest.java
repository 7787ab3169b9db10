package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rules that concern calls, at the edge: what they see of the operation and of the account.
class CallRulesTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;

    @BeforeAll
    static void start() {
        // Tokens live for a minute, whatever the account.
        here = Installation.start(Map.of("TOKEN_TTL_MAX", "1m"), Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static Agent.Opened open(String ttl) {
        return agent.open(Json.object().put("task", Lab.ALL).put("ttl", ttl).build());
    }

    @Test
    void a_rule_on_calls_sees_the_traits_of_the_operation_that_is_called() {
        here.rules(
                """
                rules:
                  - name: nobody-writes
                    on: [call]
                    deny: "account.grant.exists(g, 'write' in g.traits)"
                """);
        Agent.Opened account = open("10m");

        assertEquals(200, agent.call("GET", "/lab/x", account).status());
        Answer refused = agent.call("POST", "/lab/x", account);

        assertEquals(403, refused.status());
        assertEquals("decide", refused.text("step").orElse(""));
        assertTrue(refused.bodyText().contains("nobody-writes"), refused.bodyText());
    }

    @Test
    void a_rule_on_calls_sees_how_long_the_account_lives_and_not_its_token() {
        here.rules(
                """
                rules:
                  - name: no-long-accounts
                    on: [call]
                    deny: "account.ttl > duration('30m')"
                """);

        assertEquals(200, agent.call("GET", "/lab/x", open("30m")).status());
        assertEquals(403, agent.call("GET", "/lab/x", open("31m")).status());
    }

    @Test
    void a_rule_on_calls_that_asks_for_the_task_is_refused_and_the_old_rules_stay() {
        here.rules("rules:\n  - {name: old, on: [call], deny: 'false'}\n");

        Answer refused =
                here.operator()
                        .send(
                                "PUT",
                                "/v1/rules",
                                Json.object()
                                        .put("source", "rules.yaml")
                                        .put(
                                                "text",
                                                "rules:\n  - {name: new, on: [call], deny: 'account.task.contains(\"x\")'}\n")
                                        .build());

        assertEquals(400, refused.status());
        assertTrue(refused.bodyText().contains("not known on call"), refused.bodyText());
        assertTrue(here.operator().send("GET", "/v1/rules", null).bodyText().contains("\"old\""));
    }
}
