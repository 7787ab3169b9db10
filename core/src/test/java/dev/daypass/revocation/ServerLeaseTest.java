package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.ServerLease.Due;
import org.junit.jupiter.api.Test;

class ServerLeaseTest {
    private static final Incarnation LIFE = new Incarnation("broker-edge-1", "a");
    private static final long MILLI = 1_000_000;
    private static final LeaseTerms TERMS = new LeaseTerms(100 * MILLI, 5 * MILLI);
    private static final Due NOTHING = new Due.Nothing();

    private final ServerLease lease = new ServerLease(TERMS, 0);

    /// By clocks that go together.
    private Due due(long millis) {
        return lease.due(millis * MILLI, 7_000 + millis);
    }

    private boolean holds(long millis) {
        return lease.holds(millis * MILLI, 7_000 + millis);
    }

    private void join() {
        lease.joined((Due.Join) due(0), LIFE);
    }

    @Test
    void it_holds_from_when_it_is_a_member_for_a_lease_that_counts_from_before_it_asked() {
        assertFalse(holds(0));
        assertNull(lease.life());
        Due.Join join = (Due.Join) due(3);
        assertFalse(holds(4));
        lease.joined(join, LIFE);

        assertEquals(LIFE, lease.life());
        assertTrue(holds(97));
        assertFalse(holds(98));
    }

    @Test
    void a_look_renews_it_from_when_it_began() {
        join();
        assertEquals(NOTHING, due(19));
        Due.Look look = (Due.Look) due(20);
        lease.looked(look, true);

        assertTrue(holds(114));
        assertFalse(holds(115));
    }

    @Test
    void one_look_at_a_time_and_one_that_failed_renews_nothing() {
        join();
        assertTrue(due(20) instanceof Due.Look);
        assertEquals(NOTHING, due(60));
        lease.failed();
        assertTrue(due(60) instanceof Due.Look);

        assertFalse(holds(95));
    }

    @Test
    void who_was_told_to_leave_joins_anew_and_serves_no_longer_than_it_might_have() {
        join();
        lease.looked((Due.Look) due(20), false);

        assertNull(lease.life());
        assertTrue(holds(94));
        assertTrue(due(21) instanceof Due.Join);
        lease.failed();
        assertFalse(holds(95));
    }

    @Test
    void who_has_left_serves_nothing_whatever_is_answered_later() {
        join();
        Due.Look look = (Due.Look) due(20);
        assertEquals(LIFE, lease.leave());
        lease.looked(look, true);

        assertFalse(holds(30));
        assertEquals(NOTHING, due(60));
    }

    @Test
    void a_machine_that_slept_serves_nothing_before_it_has_looked_again() {
        join();
        // Its monotonic clock slept with it.
        assertFalse(lease.holds(5 * MILLI, 7_000 + 60_000));
        Due.Look look = (Due.Look) lease.due(5 * MILLI, 7_000 + 60_000);
        assertFalse(lease.holds(6 * MILLI, 7_000 + 6));
        lease.looked(look, true);

        assertTrue(lease.holds(6 * MILLI, 7_000 + 60_001));
    }
}
