package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.Roll.Due;
import dev.daypass.revocation.Roll.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollTest {
    private static final long LEASE = 100;
    private static final Incarnation ONE = new Incarnation("one", "a");
    private static final Due NOTHING = new Due(List.of(), List.of());

    private final Roll roll = new Roll(LEASE);

    @Test
    void a_silent_member_is_marked_first_and_struck_off_a_lease_later() {
        List<Member> member = List.of(new Member(ONE, false));
        List<Member> leaving = List.of(new Member(ONE, true));
        assertEquals(NOTHING, roll.call(member, 0));
        for (long now = 50; now < 200; now += 50) {
            assertEquals(NOTHING, roll.call(member, now));
        }
        assertEquals(NOTHING, roll.call(member, 199));
        assertEquals(new Due(List.of(ONE), List.of()), roll.call(member, 200));
        assertEquals(NOTHING, roll.call(leaving, 210));
        assertEquals(NOTHING, roll.call(leaving, 309));
        assertEquals(new Due(List.of(), List.of(ONE)), roll.call(leaving, 310));
    }

    @Test
    void who_is_heard_stays() {
        List<Member> member = List.of(new Member(ONE, false));
        for (long now = 0; now < 5_000; now += 150) {
            roll.heard(ONE, now);
            assertEquals(NOTHING, roll.call(member, now));
        }
    }

    @Test
    void who_could_not_hear_takes_nobody_to_be_silent() {
        List<Member> member = List.of(new Member(ONE, false));
        roll.heard(ONE, 0);
        assertEquals(NOTHING, roll.call(member, 0));
        // It stood still for long, and what was sent to it meanwhile is still to be read.
        assertEquals(NOTHING, roll.call(member, 1_000));
        for (long now = 1_050; now < 1_200; now += 50) {
            assertEquals(NOTHING, roll.call(member, now));
        }
        assertEquals(new Due(List.of(ONE), List.of()), roll.call(member, 1_200));
    }

    @Test
    void what_was_heard_later_counts_whoever_says_it_first() {
        roll.heard(ONE, 200);
        roll.heard(ONE, 10);
        assertFalse(roll.lapsed(ONE, 299));

        List<Member> member = List.of(new Member(ONE, false));
        roll.call(member, 0);
        roll.call(member, 100); // it looked at the clock, stood still, and goes on now
        assertFalse(roll.lapsed(ONE, 299));
        assertTrue(roll.lapsed(ONE, 300));
    }

    @Test
    void a_lease_has_lapsed_when_nothing_was_heard_for_as_long_as_one_lasts() {
        roll.heard(ONE, 10);
        assertFalse(roll.lapsed(ONE, 109));
        assertTrue(roll.lapsed(ONE, 110));
        roll.heard(ONE, 120);
        assertFalse(roll.lapsed(ONE, 219));
    }

    @Test
    void of_whom_nothing_is_known_a_lease_may_still_run() {
        assertFalse(roll.lapsed(ONE, 77_000));
        assertFalse(roll.lapsed(ONE, 77_099));
        assertTrue(roll.lapsed(ONE, 77_100));
    }

    @Test
    void a_broker_that_was_just_started_counts_from_its_first_look() {
        assertEquals(NOTHING, roll.call(List.of(new Member(ONE, true)), 77_000));
        assertEquals(
                new Due(List.of(), List.of(ONE)),
                roll.call(List.of(new Member(ONE, true)), 77_100));
    }
}
