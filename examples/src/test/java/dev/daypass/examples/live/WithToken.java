package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A service, an agent, and an account of its own for each test of what becomes of its token.
abstract class WithToken {
    static Installation here;
    static Upstream upstream;
    static Agent owner;

    Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab", "other");
        owner = here.agent("owner");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void open() {
        account =
                owner.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("services", Json.strings(List.of("lab")))
                                .build());
        upstream.follow(Upstream::fine);
    }

    static void refusedAt(String step, Answer answer) {
        assertEquals(401, answer.status(), answer.bodyText());
        assertEquals(step, answer.text("step").orElse(""), answer.bodyText());
        assertTrue(answer.text("next").isPresent(), answer.bodyText());
        assertEquals(List.of(), upstream.received());
    }

    Wire.Reply over(Wire wire) {
        try (wire) {
            return wire.ask(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
        }
    }
}
