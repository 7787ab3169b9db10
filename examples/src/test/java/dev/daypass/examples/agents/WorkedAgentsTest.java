package dev.daypass.examples.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.daypass.sdk.DaypassException;
import dev.daypass.sdk.Refused;
import dev.daypass.sdk.ServiceCalls;
import dev.daypass.sdk.Wish;
import dev.daypass.wire.JsonFields;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worked agents' own programs against a real server. Needs `python3` on the path.
class WorkedAgentsTest {
    @TempDir Path directory;
    private World world;
    private ShoppingAgent shopping;
    private ResearchAgent research;

    @BeforeEach
    void build() {
        world = World.build(directory);
        shopping = new ShoppingAgent(world, Programs.here());
        research = new ResearchAgent(world, Programs.here());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String state(Trial.Outcome outcome) {
        return world.operator("GET", "/v1/accounts/" + outcome.account().orElseThrow(), null)
                .text("state")
                .orElseThrow();
    }

    @Test
    void a_shopping_agent_with_a_password_holds_it_and_leaves_it() {
        Trial.Inspected trial = new Trial(world, shopping, Way.BEFORE).inspected();

        assertEquals("o-1: Enamel kettle for 19.90", trial.outcome().done());
        assertTrue(trial.loot().secret());
        assertTrue(shopping.opensWithSecret());
    }

    @Test
    void a_shopping_agent_with_the_sdk_buys_the_same_and_holds_no_password() {
        Trial.Inspected trial = new Trial(world, shopping, Way.SDK).inspected();

        assertEquals("o-1: Enamel kettle for 19.90", trial.outcome().done());
        assertFalse(trial.loot().secret());
        assertEquals("ended", state(trial.outcome()));
        assertFalse(trial.loot().tokens().isEmpty(), "tokens are what it does hold");
        trial.loot().tokens().forEach(token -> assertEquals(401, shopping.statusWithToken(token)));
    }

    @Test
    void the_old_shopping_agent_under_daypass_run_buys_the_same_and_holds_nothing() {
        Trial.Inspected trial = new Trial(world, shopping, Way.RUN).inspected();

        assertEquals("o-1: Enamel kettle for 19.90", trial.outcome().done());
        assertFalse(trial.loot().secret());
        assertTrue(trial.loot().tokens().isEmpty());
        assertEquals("ended", state(trial.outcome()));
    }

    @Test
    void a_research_agent_with_the_sdk_reads_the_same_papers_and_holds_no_key() {
        Trial.Inspected before = new Trial(world, research, Way.BEFORE).inspected();
        Trial.Inspected after = new Trial(world, research, Way.SDK).inspected();

        assertEquals(before.outcome().done(), after.outcome().done());
        assertTrue(before.loot().secret());
        assertFalse(after.loot().secret());
        assertEquals("ended", state(after.outcome()));
        assertFalse(after.loot().tokens().isEmpty(), "tokens are what it does hold");
        after.loot().tokens().forEach(token -> assertEquals(401, research.statusWithToken(token)));
    }

    @Test
    void the_account_is_spent_by_the_call_that_pays_and_every_further_call_is_refused() {
        try (Daypass daypass = Daypass.connect(world.identity("shopper"));
                Account account = daypass.open(task(4, "approve"))) {
            ServiceCalls shop = account.http("shop");
            HttpResponse<String> login = shop.post("/session", "");
            assertEquals(201, login.statusCode());
            assertTrue(login.headers().firstValue("set-cookie").isEmpty());
            assertEquals(200, shop.get("/products?words=lamp").statusCode());
            String cart =
                    shop.post("/cart/items", "{\"product_id\":\"lamp-tall\",\"quantity\":1}")
                            .body();
            String total = cart.replaceFirst("(?s).*\"amount\":\"([0-9.]+)\".*", "$1");
            assertEquals(
                    201, shop.post("/orders", "{\"total\":\"%s\"}".formatted(total)).statusCode());

            assertThrows(Refused.class, () -> shop.get("/orders"));
            assertThrows(
                    Refused.class,
                    () -> shop.post("/orders", "{\"total\":\"%s\"}".formatted(total)));
            assertEquals("spent", reasonOfTheEnd(account.id()));
        }
        assertEquals(1, world.orders());
    }

    @Test
    void an_account_whose_human_says_no_never_opens() {
        try (Daypass daypass = Daypass.connect(world.identity("shopper"))) {
            assertThrows(DaypassException.NotApproved.class, () -> daypass.open(task(4, "deny")));
        }
        assertEquals(0, world.orders());
    }

    @Test
    void a_shopping_agent_whose_human_says_no_to_the_total_pays_nothing_and_its_account_ends() {
        try (Program program = Program.start(shopping.start(Way.SDK))) {
            program.wish("kettle");
            JsonFields waiting = program.next();
            String account = waiting.string("waiting");
            assertTrue(waiting.string("reason").contains("19.90"));

            world.operator("POST", "/v1/accounts/" + account + "/deny", null);

            assertEquals(1, program.end());
            assertTrue(program.said().contains("nobody agreed to more: refused"), program.said());
            assertEquals("completed", reasonOfTheEnd(account));
        }
        assertEquals(0, world.orders());
    }

    private Wish task(long calls, String verb) {
        return Wish.of(ShoppingAgent.TASK)
                .calls(calls)
                .whileWaiting(told ->
                        world.operator(
                                "POST",
                                "/v1/accounts/%s/%s".formatted(told.get("id"), verb),
                                null));
    }

    /// That the last call is over may be told a moment after its answer.
    private String reasonOfTheEnd(String account) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Answer shown = world.operator("GET", "/v1/accounts/" + account, null);
        while (!shown.text("state").orElse("").equals("ended") && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
            shown = world.operator("GET", "/v1/accounts/" + account, null);
        }
        return shown.text("reason").orElse("not ended");
    }
}
