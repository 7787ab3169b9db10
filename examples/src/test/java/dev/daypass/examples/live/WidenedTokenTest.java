package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the edge makes of the tokens of an account that was widened.
class WidenedTokenTest {
    private static final String NOTES =
            """
            openapi: 3.1.0
            info: { title: Notes, version: 1.0.0 }
            paths:
              /notes:
                get: { operationId: listNotes, responses: { "200": { description: them } } }
                post: { operationId: createNote, responses: { "200": { description: it } } }
            """;

    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;

    @BeforeAll
    static void start() {
        here = Installation.start(Map.of(), Clock.systemUTC());
        upstream = Upstream.start(Upstream::fine);
        here.register("desk", NOTES, upstream.url(), here.credential("bearer", "", "a-key"));
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @Test
    void the_new_token_does_more_and_the_old_one_goes_on_doing_what_it_did() {
        Agent.Opened old = agent.open("list the notes");
        assertEquals(403, agent.call("POST", "/desk/notes", old).status());

        Answer asked =
                agent.client()
                        .send(
                                "POST",
                                "/v1/accounts/" + old.id() + "/widen",
                                Json.object().put("reason", "then create a note").build());
        assertEquals(202, asked.status(), asked.bodyText());
        Answer approved =
                here.operator().send("POST", "/v1/accounts/" + old.id() + "/approve", null);
        assertEquals("granted", approved.text("widening").orElse(""), approved.bodyText());
        Answer renewed = agent.send("POST", "/v1/accounts/" + old.id() + "/token");
        var widened =
                new Agent.Opened(old.id(), Secret.of(renewed.text("access_token").orElseThrow()));

        assertEquals(200, agent.call("POST", "/desk/notes", widened).status());
        assertEquals(200, agent.call("GET", "/desk/notes", widened).status());
        assertEquals(403, agent.call("POST", "/desk/notes", old).status());
        assertEquals(200, agent.call("GET", "/desk/notes", old).status());

        agent.send("DELETE", "/v1/accounts/" + old.id());
        assertEquals(401, agent.call("GET", "/desk/notes", widened).status());
        assertEquals(401, agent.call("GET", "/desk/notes", old).status());
    }
}
