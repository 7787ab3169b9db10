package dev.daypass.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 5: after `revoke` has answered, no edge accepts that token, whatever goes wrong.
class SimulationTest {
    // The same runs each time; `./daypass simulate` takes others.
    private static final long SEED = Long.getLong("seed", 20_261_130L);
    private static final int SEEDS = 3_000;
    private static final int SEEDS_MAX = 10_000;

    @Test
    void after_revoke_has_answered_no_edge_accepts_that_token() {
        var seeds = new SplittableRandom(SEED);
        long acknowledged = 0;
        long waitedOut = 0;
        long served = 0;
        for (int i = 0; i < SEEDS; i++) {
            long seed = seeds.nextLong();
            Simulation.Result result = Simulation.run(seed, Bug.NONE, _ -> {});
            assertEquals("", result.broken(), "again with: daypass simulate --seed " + seed);
            acknowledged += result.acknowledged();
            waitedOut += result.waitedOut();
            served += result.served();
        }
        // It would be true of edges that never serve and of brokers that never answer, too.
        assertTrue(acknowledged > 100L * SEEDS, acknowledged + " acknowledged");
        assertTrue(waitedOut > 10L * SEEDS, waitedOut + " waited out");
        assertTrue(served > 1_000L * SEEDS, served + " looks found an edge serving");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_planted_bug_is_found(Bug bug) {
        var seeds = new SplittableRandom(5);
        for (int i = 0; i < SEEDS_MAX; i++) {
            if (Simulation.run(seeds.nextLong(), bug, _ -> {}).broken().contains("accepts")) {
                return;
            }
        }
        throw new AssertionError(bug + " was not found in " + SEEDS_MAX + " runs");
    }

    @Test
    void the_same_seed_is_the_same_run() {
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();
        Simulation.Result one = Simulation.run(42, Bug.NONE, first::add);
        Simulation.Result again = Simulation.run(42, Bug.NONE, second::add);

        assertEquals(one, again);
        assertEquals(first, second);
        assertTrue(first.size() > 100);
        assertNotEquals(one.hash(), Simulation.run(43, Bug.NONE, _ -> {}).hash());
    }
}
