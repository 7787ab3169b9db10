package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.issuer.IssuerWorld.Answer;
import dev.daypass.issuer.IssuerWorld.Client;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentApiTest {
    @TempDir Path directory;
    private IssuerWorld world;
    private Client shopper;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
        shopper = world.client("shopper");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_opened_account_says_what_was_granted_what_was_not_and_why() {
        Answer opened = open("10m");
        var account = opened.json();

        assertEquals(201, opened.status(), opened.body());
        assertEquals("/v1/accounts/" + account.string("id"), opened.headers().get("location"));
        assertEquals("active", account.string("state"));
        assertEquals(600, account.longValue("expires_in"));
        assertEquals("2026-11-24T10:10:00Z", account.string("expires_at"));
        assertEquals(
                """
                [{"service":"shop","resource":"offers","operation":"searchOffers","method":"GET","path":"/offers",\
                "constraints":{"query.from":["New York"],"query.to":["London"]},\
                "traits":["read"],"because":"find offers from New York to London"}]\
                """,
                Json.array(account.items("grant")).text());
        assertEquals(
                List.of("listStores"),
                account.items("dropped").stream()
                        .map(d -> dev.daypass.wire.JsonFields.of(d).string("operation"))
                        .toList());
    }

    @Test
    void an_account_that_needs_a_human_says_who() {
        Answer opened = open("2h");

        assertEquals(202, opened.status(), opened.body());
        assertEquals("awaiting_approval", opened.json().string("state"));
        assertEquals("2026-11-24T11:00:00Z", opened.json().string("waits_until"));
        assertTrue(opened.body().contains("an-hour-is-long"), opened.body());
    }

    @Test
    void an_account_is_seen_and_ended_by_its_agent_alone() {
        String path = "/v1/accounts/" + open("10m").json().string("id");
        Client other = world.client("other");

        for (Answer answer :
                List.of(
                        world.json(HttpMethod.GET, path, other, ""),
                        world.json(HttpMethod.DELETE, path, other, ""),
                        world.json(HttpMethod.POST, path + "/complete", other, ""),
                        world.json(HttpMethod.POST, path + "/token", other, ""))) {
            assertEquals(404, answer.status(), answer.body());
        }
        assertEquals(
                "active", world.json(HttpMethod.GET, path, shopper, "").json().string("state"));
    }

    @Test
    void ending_twice_is_no_error_and_the_first_reason_stays() {
        String path = "/v1/accounts/" + open("10m").json().string("id");

        assertEquals(
                1,
                world.json(HttpMethod.POST, path + "/complete", shopper, "")
                        .json()
                        .longValue("ended"));
        assertEquals(0, world.json(HttpMethod.DELETE, path, shopper, "").json().longValue("ended"));

        Answer shown = world.json(HttpMethod.GET, path, shopper, "");
        assertEquals("ended", shown.json().string("state"));
        assertEquals("completed", shown.json().string("reason"));
    }

    @Test
    void a_token_is_renewed_within_the_deadline_of_its_account_only() {
        String path = "/v1/accounts/" + open("10m").json().string("id") + "/token";

        world.clock.forward(Duration.ofMinutes(9));
        assertEquals(
                60, world.json(HttpMethod.POST, path, shopper, "").json().longValue("expires_in"));
        world.clock.forward(Duration.ofMinutes(1));
        assertEquals(409, world.json(HttpMethod.POST, path, shopper, "").status());
    }

    @Test
    void without_a_certificate_nothing_of_the_api_answers() {
        String path = "/v1/accounts/acc_01M86FYZ800000000000000000";
        for (Answer answer :
                List.of(
                        world.json(
                                HttpMethod.POST,
                                "/v1/accounts",
                                null,
                                "{\"task\":\"find offers\"}"),
                        world.json(HttpMethod.GET, path, null, ""),
                        world.json(HttpMethod.DELETE, path, null, ""),
                        world.json(HttpMethod.POST, path + "/complete", null, ""),
                        world.json(HttpMethod.POST, path + "/token", null, ""),
                        world.json(HttpMethod.POST, path + "/widen", null, ""),
                        world.json(HttpMethod.GET, path + "/events", null, ""),
                        world.json(HttpMethod.POST, "/v1/certificate", null, "{}"))) {
            assertEquals(401, answer.status(), answer.body());
            assertEquals("authenticate", answer.json().string("step"));
        }
    }

    @Test
    void a_path_that_names_no_account_names_nothing() {
        for (String id : List.of("x", "acc_1", "acc_01M86FYZ800000000000000000")) {
            assertEquals(
                    404,
                    world.json(HttpMethod.GET, "/v1/accounts/" + id, shopper, "").status(),
                    id);
        }
    }

    @Test
    void a_body_that_is_no_request_is_refused_by_name() {
        for (String body :
                List.of(
                        "",
                        "[]",
                        "{\"task\":",
                        "{\"task\":\"x\",\"task\":\"y\"}",
                        "{\"tsak\":\"x\"}")) {
            assertThrows(
                    WireException.class,
                    () -> world.json(HttpMethod.POST, "/v1/accounts", shopper, body),
                    body);
        }
    }

    @Test
    void an_enrolment_token_that_is_none_is_refused() {
        Answer refused =
                world.json(
                        HttpMethod.POST,
                        "/v1/enrol",
                        null,
                        "{\"token\":\"shopper.secret.print\",\"csr\":\"none\"}");

        assertEquals(403, refused.status(), refused.body());
        assertTrue(refused.json().string("next").contains("daypass agent add"));
    }

    private Answer open(String ttl) {
        return world.json(
                HttpMethod.POST,
                "/v1/accounts",
                shopper,
                Json.object().put("task", IssuerWorld.SEARCH).put("ttl", ttl).build().text());
    }

    @Test
    void a_store_that_is_away_is_said_so_and_not_called_an_error_of_ours() {
        Answer opened = open("10m");
        String account = "/v1/accounts/" + opened.json().string("id");
        String token = opened.json().string("access_token");
        world.breakStore();

        for (Answer away :
                List.of(
                        world.json(HttpMethod.GET, account, shopper, ""),
                        world.json(HttpMethod.DELETE, account, shopper, ""),
                        world.json(HttpMethod.POST, account + "/token", shopper, ""),
                        open("10m"))) {
            assertEquals(503, away.status(), away.body());
            assertTrue(away.body().contains("\"step\":\"record\""), away.body());
            assertTrue(away.body().contains("\"next\":"), away.body());
            assertTrue(away.headers().containsKey("retry-after"), away.body());
        }
        Answer introspected =
                world.post("/oauth2/introspect", shopper, java.util.Map.of("token", token));
        assertEquals("503 temporarily_unavailable", introspected.error());
    }

    @Test
    void more_enrolments_at_once_than_there_may_be_are_told_to_wait() {
        String body = "{\"token\":\"nobody.x.y\",\"csr\":\"\"}";
        Answer last = world.json(HttpMethod.POST, "/v1/enrol", null, body);
        for (int i = 0; i < 200 && last.status() != 429; i++) {
            assertEquals(403, last.status());
            last = world.json(HttpMethod.POST, "/v1/enrol", null, body);
        }

        assertEquals(429, last.status());
        assertTrue(last.body().contains("\"step\":\"admit\""), last.body());
        assertEquals("1", last.headers().get("retry-after"));
    }
}
