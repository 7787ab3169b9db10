package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.wire.Json;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 3: an account for one use, used by many in the same moment.
///
/// Mutation: `Allowance.take` finds a call and does not take it away.
class Row03SingleUseTest extends WithLab {
    private static HttpClient http;

    @BeforeAll
    static void start() {
        http = agent.http(HttpClient.Version.HTTP_1_1);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void of_fifty_who_use_a_single_use_account_at_once_exactly_one_succeeds() {
        for (int round = 0; round < 5; round++) {
            upstream.follow(Upstream::fine);
            Agent.Opened once =
                    agent.open(Json.object().put("task", Lab.READ).put("uses", 1).build());

            List<Integer> statuses =
                    Crowd.of(
                            50,
                            () ->
                                    http.send(
                                                    agent.request("/lab/x", once).build(),
                                                    HttpResponse.BodyHandlers.discarding())
                                            .statusCode());

            assertEquals(1, Collections.frequency(statuses, 200), statuses.toString());
            assertEquals(1, upstream.received().size());
            Await.until("spent", () -> here.state(once.id()).equals("ended spent"));
        }
    }
}
