package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.ServerLease.Due;
import org.junit.jupiter.api.Test;

class ServerLeaseTest {
    private static final Incarnation LIFE = new Incarnation("broker-edge-1", "a");
    private static final LeaseTerms TERMS = new LeaseTerms(100, 5);
    private static final Due NOTHING = new Due.Nothing();

    private final ServerLease lease = new ServerLease(TERMS, 0);

    private void join() {
        lease.joined((Due.Join) lease.due(0), LIFE);
    }

    @Test
    void it_holds_from_when_it_is_a_member_for_a_lease_that_counts_from_before_it_asked() {
        assertFalse(lease.holds(0));
        assertNull(lease.life());
        Due.Join join = (Due.Join) lease.due(3);
        assertFalse(lease.holds(4));
        lease.joined(join, LIFE);

        assertEquals(LIFE, lease.life());
        assertTrue(lease.holds(97));
        assertFalse(lease.holds(98));
    }

    @Test
    void a_look_renews_it_from_when_it_began() {
        join();
        assertEquals(NOTHING, lease.due(19));
        Due.Look look = (Due.Look) lease.due(20);
        lease.looked(look, true);

        assertTrue(lease.holds(114));
        assertFalse(lease.holds(115));
    }

    @Test
    void one_look_at_a_time_and_one_that_failed_renews_nothing() {
        join();
        assertTrue(lease.due(20) instanceof Due.Look);
        assertEquals(NOTHING, lease.due(60));
        lease.failed();
        assertTrue(lease.due(60) instanceof Due.Look);

        assertFalse(lease.holds(95));
    }

    @Test
    void who_was_told_to_leave_joins_anew_and_serves_no_longer_than_it_might_have() {
        join();
        lease.looked((Due.Look) lease.due(20), false);

        assertNull(lease.life());
        assertTrue(lease.holds(94));
        assertTrue(lease.due(21) instanceof Due.Join);
        lease.failed();
        assertFalse(lease.holds(95));
    }

    @Test
    void who_has_left_serves_nothing_whatever_is_answered_later() {
        join();
        Due.Look look = (Due.Look) lease.due(20);
        assertEquals(LIFE, lease.leave(30));
        lease.looked(look, true);

        assertFalse(lease.holds(30));
        assertEquals(NOTHING, lease.due(60));
    }
}
