package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GossipTest {
    private static final Incarnation ONE = new Incarnation("one", "a");

    private final Gossip gossip = new Gossip(100);

    @Test
    void what_is_news_is_told_at_once_and_only_once() {
        assertTrue(gossip.due(ONE, 7, 0));
        assertFalse(gossip.due(ONE, 7, 1));
        assertFalse(gossip.due(ONE, 6, 2));
        assertTrue(gossip.due(ONE, 8, 3));
    }

    @Test
    void that_an_edge_is_there_is_told_again_within_a_lease() {
        assertTrue(gossip.due(ONE, 7, 0));
        assertFalse(gossip.due(ONE, 7, 50));
        assertTrue(gossip.due(ONE, 7, 51));
    }

    @Test
    void who_was_forgotten_is_news() {
        assertTrue(gossip.due(ONE, 7, 0));
        gossip.forget(ONE);
        assertTrue(gossip.due(ONE, 7, 1));
    }
}
