package dev.daypass.examples.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.Pace;
import java.nio.file.Path;
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
        world = World.build(directory, Pace.AT_ONCE);
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
        after.loot().tokens().forEach(token -> assertEquals(401, research.statusWithToken(token)));
    }
}
