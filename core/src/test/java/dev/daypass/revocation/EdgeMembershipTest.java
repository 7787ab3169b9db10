package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.ToEdge.Numbered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeMembershipTest {
    private static final long MILLI = 1_000_000;
    private static final LeaseTerms TERMS = LeaseTerms.of(Duration.ofSeconds(2));
    private static final long WALL = 1_790_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final List<FromEdge> sent = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private final List<Long> forgotten = new ArrayList<>();
    private int lives;
    private long millis;
    private long wallStep;

    private final EdgeMembership<List<String>, String> edge =
            new EdgeMembership<>(
                    TERMS,
                    new Held<>() {
                        @Override
                        public void begin(List<String> snapshot) {
                            known.addAll(snapshot);
                        }

                        @Override
                        public void apply(String fact) {
                            known.add(fact);
                        }

                        @Override
                        public void forgetBefore(long wallMillis) {
                            forgotten.add(wallMillis);
                        }
                    },
                    () -> new Incarnation("berlin", "life" + ++lives),
                    sent::add);

    @Test
    void an_edge_that_was_not_taken_in_does_not_serve() {
        assertFalse(fresh());
        tick();
        assertInstanceOf(FromEdge.Join.class, sent.getLast());
        assertFalse(fresh());
    }

    @Test
    void it_serves_from_the_moment_it_asked_and_for_the_lease_less_its_margin() {
        join(5);
        assertTrue(fresh());
        millis = 1_899;
        assertTrue(fresh());
        millis = 1_900;
        assertFalse(fresh());
    }

    @Test
    void a_lease_counts_from_when_it_was_asked_for_not_from_when_it_was_granted() {
        join(5);
        millis = 700;
        FromEdge.Renew renew = renewal();
        millis = 1_500;
        hear(new ToEdge.Granted<>(renew.from(), renew.request(), 5));
        millis = 700 + 1_899;
        assertTrue(fresh());
        millis = 700 + 1_900;
        assertFalse(fresh());
    }

    @Test
    void a_lease_is_taken_only_once_all_that_had_happened_then_was_applied() {
        join(5);
        millis = 1_000;
        FromEdge.Renew renew = renewal();
        hear(new ToEdge.Granted<>(renew.from(), renew.request(), 7));
        assertEquals(new FromEdge.Missed(renew.from(), 5), sent.getLast());
        millis = 2_000;
        assertFalse(fresh());

        hear(news(5, 6, "b"));
        assertFalse(fresh());
        hear(news(6, 7, "c"));

        assertTrue(fresh());
        assertEquals(List.of("a", "b", "c"), known);
    }

    @Test
    void facts_are_applied_in_order_and_once_and_a_gap_is_asked_for() {
        join(5);
        hear(news(6, 7, "c"));
        assertEquals(List.of("a"), known);
        assertEquals(new FromEdge.Missed(life(), 5), sent.getLast());

        hear(
                new ToEdge.News<>(
                        4,
                        7,
                        List.of(
                                new Numbered<>(5, "a"),
                                new Numbered<>(6, "b"),
                                new Numbered<>(7, "c"))));
        hear(news(6, 7, "c"));

        assertEquals(List.of("a", "b", "c"), known);
        assertEquals(new FromEdge.Acknowledge(life(), 7), sent.getLast());
    }

    @Test
    void an_acknowledgement_follows_what_was_applied() {
        join(5);
        sent.clear();
        hear(news(5, 9, "b"));
        assertEquals(List.of(new FromEdge.Acknowledge(life(), 9)), sent);
        assertEquals(List.of("a", "b"), known);
    }

    @Test
    void what_is_meant_for_another_life_or_was_not_asked_for_is_ignored() {
        join(5);
        var other = new Incarnation("berlin", "earlier");
        millis = 2_000;
        hear(new ToEdge.Granted<>(other, 2, 0));
        hear(new ToEdge.Granted<>(life(), 99, 0));
        hear(new ToEdge.Joined<>(life(), 1, 2, 0, List.of("z")));
        hear(new ToEdge.Unknown<>(other));

        assertFalse(fresh());
        assertEquals(5, edge.applied());
        assertEquals(1, lives);
    }

    @Test
    void a_grant_that_comes_twice_counts_once() {
        join(5);
        FromEdge.Renew renew = (FromEdge.Renew) sent.getLast();
        var granted = new ToEdge.Granted<List<String>, String>(renew.from(), renew.request(), 5);
        hear(granted);
        millis = 1_900;
        hear(granted);
        assertFalse(fresh());
    }

    @Test
    void who_is_no_member_any_more_stops_at_once_and_starts_a_new_life() {
        join(5);
        Incarnation first = life();
        hear(new ToEdge.Unknown<>(first));

        assertFalse(fresh());
        assertNotEquals(first, life());
        assertTrue(sent.contains(new FromEdge.Leave(first)));
        assertInstanceOf(FromEdge.Join.class, sent.getLast());
        hear(news(5, 6, "b"));
        assertEquals(List.of("a"), known);
    }

    @Test
    void a_machine_that_slept_with_its_monotonic_clock_does_not_serve() {
        join(5);
        wallStep = 2_000;
        assertFalse(fresh());
    }

    @Test
    void a_clock_that_was_set_back_behind_what_was_forgotten_makes_it_start_over() {
        join(5);
        wallStep = HOUR;
        tick();
        assertEquals(List.of(WALL + HOUR - EdgeMembership.GRACE_MILLIS), forgotten);

        wallStep = 0;
        assertFalse(fresh());
        tick();
        assertInstanceOf(FromEdge.Join.class, sent.getLast());
        assertEquals(2, lives);
    }

    @Test
    void an_edge_whose_clock_is_too_far_behind_does_not_serve() {
        tick();
        var join = (FromEdge.Join) sent.getLast();
        hear(new ToEdge.Joined<>(join.from(), join.request(), 5, WALL + 1, List.of()));
        assertFalse(fresh());
    }

    @Test
    void what_was_not_answered_is_asked_again() {
        tick();
        millis = 600;
        tick();
        assertEquals(1, sent.size());
        millis = 700;
        tick();
        assertEquals(2, sent.size());
        assertEquals(1, lives);
    }

    @Test
    void who_has_left_neither_serves_nor_asks() {
        join(5);
        edge.leave();
        assertFalse(fresh());
        assertInstanceOf(FromEdge.Leave.class, sent.getLast());
        int said = sent.size();
        millis = 5_000;
        tick();
        hear(news(5, 6, "b"));
        assertEquals(said, sent.size());
    }

    private void join(long asOf) {
        tick();
        var join = (FromEdge.Join) sent.getLast();
        hear(new ToEdge.Joined<>(join.from(), join.request(), asOf, WALL - 1, List.of("a")));
    }

    private FromEdge.Renew renewal() {
        tick();
        return (FromEdge.Renew) sent.getLast();
    }

    private Incarnation life() {
        Incarnation life = edge.incarnation();
        return life == null ? new Incarnation("none", "none") : life;
    }

    private static ToEdge<List<String>, String> news(long after, long upTo, String fact) {
        return new ToEdge.News<>(after, upTo, List.of(new Numbered<>(upTo, fact)));
    }

    private void tick() {
        edge.tick(millis * MILLI, WALL + millis + wallStep);
    }

    private void hear(ToEdge<List<String>, String> message) {
        edge.hear(message, millis * MILLI, WALL + millis + wallStep);
    }

    private boolean fresh() {
        return edge.fresh(millis * MILLI, WALL + millis + wallStep);
    }
}
