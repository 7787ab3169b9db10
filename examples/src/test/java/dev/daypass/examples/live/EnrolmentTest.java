package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectoryFailure;
import dev.daypass.cli.Unreachable;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 18: enrolment tokens and certificates in the wrong hands.
class EnrolmentTest {
    private static final Json.Obj TASK = Json.object().put("task", Lab.READ).build();

    private static Installation here;
    private static Upstream upstream;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    private static Agent enrolled(Secret token, String name) {
        Path home = here.identity(name);
        AgentClient.enrol(here.issuer(), token, home);
        return new Agent(AgentIdentity.read(home), home);
    }

    private static void refused(Secret token) {
        assertThrows(DataDirectoryFailure.class, () -> enrolled(token, "nobody"));
    }

    private static Secret with(Secret token, int part, String another) {
        String[] parts = token.reveal().split("\\.", -1);
        parts[part] = another;
        return Secret.of(String.join(".", parts));
    }

    @Test
    void an_enrolment_token_is_good_once() {
        Secret token = here.added("once");
        assertEquals(201, enrolled(token, "once").client().open(TASK).status());

        refused(token);
    }

    @Test
    void of_many_who_use_an_enrolment_token_at_once_one_gets_a_certificate() {
        Secret token = here.added("raced");

        List<Integer> got =
                Crowd.of(
                        8,
                        () -> {
                            Path home = here.identity("raced-" + System.nanoTime());
                            try {
                                AgentClient.enrol(here.issuer(), token, home);
                                return 1;
                            } catch (DataDirectoryFailure _) {
                                return 0;
                            }
                        });

        assertEquals(1, got.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void an_enrolment_token_is_over_after_a_quarter_of_an_hour() {
        var clock = new SettableClock();
        try (Installation later = Installation.start(Map.of(), clock)) {
            Secret late = later.added("late");
            clock.advance(Duration.ofMinutes(14));
            Secret timely = later.added("timely");
            clock.advance(Duration.ofMinutes(1).plusSeconds(1));

            assertThrows(
                    DataDirectoryFailure.class,
                    () -> AgentClient.enrol(later.issuer(), late, later.identity("late")));
            AgentClient.enrol(later.issuer(), timely, later.identity("timely"));
        }
    }

    @Test
    void an_enrolment_token_is_good_for_its_own_agent_only() {
        Secret token = here.added("mine");
        here.added("yours");

        refused(with(token, 0, "yours"));
        refused(with(token, 0, "unknown"));
        refused(with(token, 1, "A".repeat(43)));
        refused(with(token, 1, ""));
        enrolled(token, "mine");
    }

    @Test
    void a_new_enrolment_token_makes_the_old_one_worthless() {
        Secret old = here.added("twice");
        Secret fresh = here.added("twice");

        refused(old);
        enrolled(fresh, "twice");
    }

    @Test
    void an_agent_does_not_show_its_token_to_a_server_of_another_authority() {
        Secret token = here.added("careful");

        assertThrows(Unreachable.class, () -> enrolled(with(token, 2, "A".repeat(43)), "careful"));

        enrolled(token, "careful");
    }

    @Test
    void what_is_no_certificate_request_is_refused_and_uses_the_token_not_up() {
        Secret token = here.added("clumsy");
        Answer answer;
        try (Wire wire = Wire.to(here.port(), Tls.anonymous(here.agent("any").authority()))) {
            String body =
                    Json.object().put("token", token.reveal()).put("csr", "no csr").build().text();
            Wire.Reply reply =
                    wire.ask(
                            "POST /v1/enrol HTTP/1.1\r\nHost: edge\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(body.length(), body));
            assertEquals(403, reply.status(), reply.body());
            assertTrue(!reply.body().contains(token.reveal()), "the token is echoed");
        }
        answer = enrolled(token, "clumsy").client().open(TASK);
        assertEquals(201, answer.status());
    }

    @Test
    void a_certificate_that_was_replaced_reads_ends_and_renews_nothing() {
        for (boolean renewed : List.of(true, false)) {
            String name = renewed ? "replaced-by-renewal" : "replaced-by-enrolment";
            Agent old = here.agent(name);
            String id = "/v1/accounts/" + Agent.opened(old.client().open(TASK)).id();
            Path home = here.identity(name + "-anew");
            if (renewed) {
                AgentClient.renew(AgentIdentity.read(here.identity(name)), home);
            } else {
                AgentClient.enrol(here.issuer(), here.added(name), home);
            }
            Agent anew = new Agent(AgentIdentity.read(home), home);

            for (String action :
                    List.of(
                            "GET " + id,
                            "DELETE " + id,
                            "POST " + id + "/complete",
                            "POST " + id + "/token")) {
                String[] parts = action.split(" ", 2);
                Answer refused = old.send(parts[0], parts[1]);
                assertEquals(401, refused.status(), name + " " + action);
                assertEquals("authenticate", refused.text("step").orElse(""));
            }
            assertEquals(200, anew.send("GET", id).status());
            assertEquals(200, anew.send("POST", id + "/complete").status());
        }
    }

    @Test
    void a_renewed_certificate_takes_the_place_of_the_old_one() {
        Agent old = here.agent("renewing");
        Agent.Opened account = old.open(Lab.READ);
        Path home = here.identity("renewed");
        AgentClient.renew(AgentIdentity.read(here.identity("renewing")), home);
        Agent renewed = new Agent(AgentIdentity.read(home), home);

        assertEquals(201, renewed.client().open(TASK).status());
        Answer stale = old.client().open(TASK);
        assertEquals(401, stale.status(), stale.bodyText());
        assertEquals("authenticate", stale.text("step").orElse(""));
        assertThrows(
                DataDirectoryFailure.class,
                () ->
                        AgentClient.renew(
                                AgentIdentity.read(here.identity("renewing")),
                                here.identity("again")));
        // The account is bound to the key that opened it, and to no other.
        assertEquals(200, old.call("GET", "/lab/x", account).status());
        assertEquals(401, renewed.call("GET", "/lab/x", account).status());
    }

    @Test
    void whoever_enrols_anew_shuts_the_stolen_certificate_out() {
        Agent stolen = here.agent("robbed");
        assertEquals(201, stolen.client().open(TASK).status());

        Agent again = enrolled(here.added("robbed"), "robbed-again");

        assertEquals(201, again.client().open(TASK).status());
        assertEquals(401, stolen.client().open(TASK).status());
    }
}
