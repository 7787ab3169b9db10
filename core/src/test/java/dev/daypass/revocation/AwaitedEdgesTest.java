package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.daypass.revocation.AwaitedEdges.Everywhere;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedEdgesTest {
    private static final long LEASE = 2_000;
    private static final Incarnation ONE = new Incarnation("one", "a");
    private static final Incarnation TWO = new Incarnation("two", "a");

    private final AwaitedEdges edges = new AwaitedEdges(LEASE);
    private final List<Everywhere> told = new ArrayList<>();

    @Test
    void where_there_is_no_edge_nobody_is_waited_for() {
        edges.await(7, 100, List.of(), told::add);
        assertEquals(List.of(new Everywhere(0, 0, 0)), told);
    }

    @Test
    void it_is_answered_when_the_last_member_has_acknowledged() {
        edges.await(7, 100, List.of(ONE, TWO), told::add);
        edges.acknowledged(ONE, 7, 110);
        edges.acknowledged(ONE, 8, 111);
        edges.acknowledged(TWO, 6, 112);
        assertEquals(List.of(), told);
        edges.acknowledged(TWO, 9, 113);
        edges.tick(100_000);
        assertEquals(List.of(new Everywhere(2, 0, 13)), told);
    }

    @Test
    void each_edge_is_told_with_its_own_time_and_who_is_silent_is_not() {
        List<AwaitedEdges.Known> known = new ArrayList<>();
        edges.awaitEach(7, 100, List.of(ONE, TWO), (_, each) -> known.addAll(each));
        edges.acknowledged(TWO, 7, 112);
        edges.tick(100 + LEASE);
        assertEquals(List.of(new AwaitedEdges.Known(TWO, 12)), known);
    }

    @Test
    void an_acknowledgement_that_was_quicker_than_the_wait_counts() {
        edges.acknowledged(ONE, 7, 90);
        edges.await(7, 100, List.of(ONE), told::add);
        assertEquals(List.of(new Everywhere(1, 0, 0)), told);
    }

    @Test
    void an_edge_that_says_nothing_is_waited_for_as_long_as_its_lease_can_be() {
        edges.await(7, 100, List.of(ONE, TWO), told::add);
        edges.acknowledged(ONE, 7, 110);
        assertEquals(100 + LEASE, edges.tick(99 + LEASE));
        assertEquals(List.of(), told);
        assertNull(edges.tick(100 + LEASE));
        assertEquals(List.of(new Everywhere(1, 1, LEASE)), told);
    }

    @Test
    void another_life_of_an_edge_does_not_acknowledge_for_it() {
        edges.await(7, 100, List.of(ONE), told::add);
        edges.acknowledged(new Incarnation("one", "b"), 9, 110);
        assertEquals(List.of(), told);
    }

    @Test
    void who_has_stopped_is_not_waited_for() {
        edges.await(7, 100, List.of(ONE, TWO), told::add);
        edges.left(ONE, 110);
        edges.struckOff(TWO, 120);
        assertEquals(List.of(new Everywhere(1, 1, 20)), told);
    }

    @Test
    void many_wait_at_once_and_each_is_answered_once() {
        for (int i = 1; i <= 100; i++) {
            edges.await(i, i, List.of(ONE), told::add);
        }
        edges.acknowledged(ONE, 40, 200);
        assertEquals(40, told.size());
        edges.tick(60 + LEASE);
        assertEquals(60, told.size());
        edges.acknowledged(ONE, 100, 60 + LEASE);
        assertEquals(100, told.size());
        assertNull(edges.tick(9 * LEASE));
    }
}
