package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.Roll.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Incarnation FIRST = new Incarnation("berlin", "a");
    private static final Incarnation SECOND = new Incarnation("berlin", "b");
    private static final Incarnation OTHER = new Incarnation("rome", "a");

    private final Roster roster = new Roster(List.of(new Member(FIRST, false)));

    @Test
    void what_the_store_had_in_the_beginning_is_there() {
        assertEquals(List.of(FIRST), roster.lives());
        assertTrue(roster.renews(FIRST));
        assertFalse(roster.has(OTHER));
    }

    @Test
    void who_joins_again_is_waited_for_in_both_lives_and_renewed_in_the_newer() {
        roster.joined(OTHER);
        roster.joined(SECOND);

        assertTrue(roster.has(FIRST));
        assertFalse(roster.renews(FIRST));
        assertTrue(roster.renews(SECOND));
        assertTrue(roster.renews(OTHER));
    }

    @Test
    void who_is_leaving_stays_until_it_has_left() {
        roster.leaving(FIRST);
        assertEquals(List.of(new Member(FIRST, true)), roster.members());
        roster.left(FIRST);
        assertEquals(List.of(), roster.members());
    }

    @Test
    void an_edge_that_is_taken_away_is_leaving_in_every_life() {
        roster.joined(SECOND);
        roster.joined(OTHER);
        roster.leaving("berlin");

        assertFalse(roster.renews(SECOND));
        assertTrue(roster.renews(OTHER));
    }

    @Test
    void a_mark_on_who_is_no_member_makes_none() {
        roster.leaving(OTHER);
        roster.left(SECOND);
        assertFalse(roster.has(OTHER));
    }
}
