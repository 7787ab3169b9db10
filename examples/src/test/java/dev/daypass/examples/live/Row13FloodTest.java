package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Threat 13: an agent that asks for too much too fast is held up, and told until when. Fails where
/// `CallingLine.admit` lets every call through, and where `Exchange.finish` does not leave the
/// place that a call had.
class Row13FloodTest extends WithLab {
    private static final List<Endings> ALL_ENDINGS = List.of(Endings.values());

    @Test
    void an_agent_that_hammers_a_refused_call_leaves_few_facts() {
        Agent.Opened account = agent.open(Lab.READ);
        for (int i = 0; i < 200; i++) {
            assertEquals(403, agent.call("DELETE", "/lab/x", account).status());
        }

        // Refusals are recorded behind their answers, and an opening before all of them.
        Await.until("some are recorded", () -> facts(account) > 10);
        agent.send("POST", "/v1/accounts/" + account.id() + "/complete");
        assertTrue(facts(account) < 30, facts(account) + " facts");
    }

    private static int facts(Agent.Opened account) {
        return Ledger.of(here).split("\"account\":\"" + account.id(), -1).length - 1;
    }

    private static Installation crowded() {
        return Installation.start(
                Map.of(
                        "LIMITS_ACCOUNT_CALLS", "3",
                        "LIMITS_AGENT_CALLS", "5",
                        "LIMITS_SERVICE_CALLS", "7",
                        "EDGE_EVENT_LOOPS", "2"),
                Clock.systemUTC());
    }

    private static void refused(int status, Answer answer) {
        assertEquals(status, answer.status(), answer.bodyText());
        assertEquals("admit", answer.text("step").orElse(""));
    }

    @Test
    void calls_to_a_slow_service_hold_up_their_own_account_and_nobody_else() throws Exception {
        try (Installation small = crowded();
                Stuck slow = new Stuck()) {
            Lab.register(small, "slow", slow.url());
            Lab.register(small, "lab", upstream.url());
            Agent one = small.agent("one");
            Agent.Opened first = one.open(budgeted("slow", 4));
            slow.fill(one, first, 3);

            for (int i = 0; i < 20; i++) {
                refused(429, one.call("GET", "/slow/x", first));
            }
            try (Wire wire = Wire.to(small.port(), one.tls())) {
                Wire.Reply reply =
                        wire.ask(
                                "GET /slow/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                                        .formatted(first.bearer()));
                assertEquals(429, reply.status());
                assertEquals("1", reply.field("retry-after"));
            }

            // Another account of the agent is served, until the agent has its five.
            Agent.Opened second = one.open(Lab.READ);
            assertEquals(200, one.call("GET", "/lab/x", second).status());
            slow.fill(one, second, 2);
            refused(429, one.call("GET", "/lab/x", second));

            // Another agent is served, until the service has its seven.
            Agent two = small.agent("two");
            Agent.Opened third = two.open(Lab.READ);
            slow.fill(two, third, 2);
            refused(503, two.call("GET", "/slow/x", third));
            assertEquals(200, two.call("GET", "/lab/x", third).status());

            slow.release();
            assertTrue(slow.answers().stream().allMatch(status -> status == 200));
            assertEquals(200, two.call("GET", "/slow/x", third).status());
            // Of four calls three were made: the refused ones cost nothing.
            assertEquals(200, one.call("GET", "/slow/x", first).status());
            Await.until("spent", () -> small.state(first.id()).equals("ended spent"));
        }
    }

    private static Json budgeted(String service, int calls) {
        return Json.object()
                .put("task", Lab.READ)
                .put("services", Json.strings(List.of(service)))
                .put("budget", Json.object().put("calls", calls).build())
                .build();
    }

    /// Every way in which a call may end, in any order, leaves its place free.
    @Test
    void however_calls_end_their_places_are_free_again() {
        Long given = Long.getLong("seed");
        long seed = given == null ? new Random().nextLong() : given;
        var random = new Random(seed);
        try (Installation small = crowded();
                Upstream odd = Upstream.start(Upstream::fine)) {
            Lab.register(small, "lab", odd.url());
            Agent one = small.agent("one");
            for (int i = 0; i < 40; i++) {
                Agent.Opened account = one.open(Lab.ALL);
                Endings ending = ALL_ENDINGS.get(random.nextInt(ALL_ENDINGS.size()));
                for (int n = 0; n < 3; n++) {
                    ending.run(small, odd, one, account);
                }
                odd.follow(Upstream::fine);
                Agent.Opened next = one.open(Lab.READ);
                Await.until(
                        ending + " leaves its places, -Dseed=" + seed,
                        () ->
                                Crowd.of(3, () -> one.call("GET", "/lab/x", next).status())
                                        .equals(List.of(200, 200, 200)));
            }
        }
    }

    @Test
    void an_agent_that_renews_too_fast_is_told_when_to_try_again() {
        try (Installation slow =
                Installation.start(
                        Map.of("ADMIT_OPENS_PER_SECOND", "0.01", "ADMIT_OPENS_BURST", "3"),
                        Clock.systemUTC())) {
            Lab.register(slow, "lab", upstream.url());
            Agent eager = slow.agent("eager");
            String renewal = "/v1/accounts/" + eager.open(Lab.READ).id() + "/token";
            for (int i = 0; i < 3; i++) {
                assertEquals(200, eager.send("POST", renewal).status());
            }

            Answer fourth = eager.send("POST", renewal);

            assertEquals(429, fourth.status());
            assertEquals("admit", fourth.text("step").orElse(""));
        }
    }

    @Test
    void a_connection_above_the_limit_is_closed_without_a_handshake() throws IOException {
        try (Installation small =
                        Installation.start(
                                Map.of("ADMIT_CONNECTIONS_MAX", "2"), Clock.systemUTC());
                Socket first = new Socket(InetAddress.getLoopbackAddress(), small.port());
                Socket second = new Socket(InetAddress.getLoopbackAddress(), small.port());
                Socket third = new Socket(InetAddress.getLoopbackAddress(), small.port())) {
            assertTrue(first.isConnected() && second.isConnected());

            assertTrue(ended(third));

            // The operators' port is another one.
            assertEquals(200, small.operator().send("GET", "/v1/agents", null).status());
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void an_agent_that_opens_too_fast_is_told_when_to_try_again() {
        try (Installation slow =
                Installation.start(
                        Map.of("ADMIT_OPENS_PER_SECOND", "0.01", "ADMIT_OPENS_BURST", "3"),
                        Clock.systemUTC())) {
            Lab.register(slow, "lab", upstream.url());
            Json request = Json.object().put("task", Lab.READ).build();
            Agent eager = slow.agent("eager");
            for (int i = 0; i < 3; i++) {
                assertEquals(201, eager.client().open(request).status());
            }

            Answer fourth = eager.client().open(request);

            assertEquals(429, fourth.status());
            assertEquals("admit", fourth.text("step").orElse(""));
            assertTrue(fourth.text("next").orElse("").startsWith("try again in"));
            try (Wire wire = Wire.to(slow.port(), eager.tls())) {
                String body = request.text();
                Wire.Reply reply =
                        wire.ask(
                                "POST /v1/accounts HTTP/1.1\r\nHost: edge\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(body.length(), body));
                assertEquals(429, reply.status());
                assertTrue(Integer.parseInt(reply.field("retry-after")) > 0);
            }
            assertEquals(201, slow.agent("patient").client().open(request).status());
        }
    }
}
