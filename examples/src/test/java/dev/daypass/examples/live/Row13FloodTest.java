package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 13: an agent that asks for too much too fast is held up, and told until when.
class Row13FloodTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @Test
    void an_agent_that_hammers_a_refused_call_leaves_few_facts() {
        Agent.Opened account = agent.open(Lab.READ);
        for (int i = 0; i < 200; i++) {
            assertEquals(403, agent.call("DELETE", "/lab/x", account).status());
        }

        String ledger = Ledger.of(here);

        int facts = ledger.split("\"account\":\"" + account.id(), -1).length - 1;
        assertTrue(facts > 10 && facts < 30, facts + " facts");
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
