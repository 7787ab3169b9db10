package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.issuer.IssuerWorld.Answer;
import dev.daypass.issuer.IssuerWorld.Client;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Widening and explaining as agents ask for it.
class WidenApiTest {
    @TempDir Path directory;
    private IssuerWorld world;
    private Client shopper;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
        world.broker.registry().putRules(dev.daypass.identity.TenantId.DEFAULT, "rules", "");
        shopper = world.client("shopper");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Answer open(String more) {
        return world.json(
                HttpMethod.POST,
                "/v1/accounts",
                shopper,
                "{\"task\":\"find offers from New York to London\"" + more + "}");
    }

    private Answer widen(String id, String body) {
        return world.json(HttpMethod.POST, "/v1/accounts/" + id + "/widen", shopper, body);
    }

    @Test
    void a_widened_account_says_what_is_new_and_has_a_token_for_all_of_it() {
        var opened = open("").json();
        String id = opened.string("id");

        Answer widened = widen(id, "{\"reason\":\"list the stores too\"}");
        var account = widened.json();

        assertEquals(200, widened.status(), widened.body());
        assertEquals(2, account.items("grant").size());
        assertNotEquals(opened.string("resource_hash"), account.string("resource_hash"));
        assertNotEquals(opened.string("access_token"), account.string("access_token"));
        assertEquals(opened.string("expires_at"), account.string("expires_at"));
        JsonFields widening = Objects.requireNonNull(account.objectOrNull("widening"));
        assertEquals("granted", widening.string("state"));
        assertEquals(
                "listStores",
                JsonFields.of(widening.items("added").getFirst()).string("operation"));
        assertEquals(4, account.longValue("widenings_left"));
        var shown = world.json(HttpMethod.GET, "/v1/accounts/" + id, shopper, "").json();
        assertEquals(1, shown.items("widenings").size());
        assertEquals(2, shown.items("grant").size());
    }

    @Test
    void what_is_trusted_is_said_when_opening_and_seen_ever_after() {
        var opened = open(",\"trust\":[\"mail from manager@shop.example\"]").json();
        var shown =
                world.json(HttpMethod.GET, "/v1/accounts/" + opened.string("id"), shopper, "")
                        .json();

        assertEquals(List.of("mail from manager@shop.example"), opened.strings("trust"));
        assertEquals(List.of("mail from manager@shop.example"), shown.strings("trust"));
    }

    @Test
    void what_is_no_source_and_no_reason_is_malformed() {
        String id = open("").json().string("id");
        String long_ = "x".repeat(2_001);

        for (String body :
                List.of(
                        "",
                        "{}",
                        "{\"reason\":\"\"}",
                        "{\"reason\":\"" + long_ + "\"}",
                        "{\"reason\":\"a\u200bb\"}",
                        "{\"reason\":\"more\",\"ttl\":\"1h\"}",
                        "{\"reason\":\"more\",\"source\":{\"from\":\"x\"}}",
                        "{\"reason\":\"more\",\"source\":{\"from\":\"x\",\"quote\":\""
                                + long_
                                + "\"}}")) {
            assertMalformed(() -> widen(id, body), body);
        }
        for (String trust :
                List.of(
                        "\"mail\"",
                        "[\"\"]",
                        "[\"a\\nb\"]",
                        "[\"a\u202eb\"]",
                        "[\"" + "x".repeat(201) + "\"]",
                        "[1,2,3,4,5,6,7,8,9]",
                        "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]")) {
            assertMalformed(() -> open(",\"trust\":" + trust), trust);
        }
        assertEquals(404, widen("acc_1", "{\"reason\":\"more\"}").status());
    }

    /// The dispatcher answers such an exception with 400.
    private static void assertMalformed(java.util.function.Supplier<Answer> send, String what) {
        try {
            Answer answer = send.get();
            assertEquals(400, answer.status(), what + ": " + answer.body());
        } catch (dev.daypass.wire.WireException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5, what);
        }
    }

    @Test
    void an_agent_has_its_own_tasks_explained_and_nothing_is_opened() {
        Answer explained =
                world.json(
                        HttpMethod.POST,
                        "/v1/explain",
                        shopper,
                        "{\"task\":\"find offers from New York to London\",\"ttl\":\"5m\"}");
        var fields = explained.json();

        assertEquals(200, explained.status(), explained.body());
        assertEquals("5m", fields.string("ttl"));
        JsonFields leaf = JsonFields.of(fields.items("grant").getFirst());
        assertEquals("searchOffers", leaf.string("operation"));
        List<Json> span = leaf.items("span");
        assertEquals(2, span.size());
        assertTrue(leaf.string("rule").startsWith("reading"));
        assertEquals("offers", leaf.string("resource"));
        JsonFields facts = Objects.requireNonNull(leaf.objectOrNull("facts"));
        assertEquals("method GET", facts.string("read"));
        assertTrue(fields.names().containsAll(List.of("confidence", "notices", "questions")));
        assertEquals(
                401,
                world.json(HttpMethod.POST, "/v1/explain", null, "{\"task\":\"find offers\"}")
                        .status());
    }
}
