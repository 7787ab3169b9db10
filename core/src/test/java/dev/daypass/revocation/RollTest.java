package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        assertEquals(NOTHING, roll.call(member, 499));
        assertEquals(new Due(List.of(ONE), List.of()), roll.call(member, 500));
        assertEquals(NOTHING, roll.call(leaving, 510));
        assertEquals(NOTHING, roll.call(leaving, 609));
        assertEquals(new Due(List.of(), List.of(ONE)), roll.call(leaving, 610));
    }

    @Test
    void who_is_heard_stays() {
        List<Member> member = List.of(new Member(ONE, false));
        for (long now = 0; now < 5_000; now += 400) {
            roll.heard(ONE, now);
            assertEquals(NOTHING, roll.call(member, now));
        }
    }

    @Test
    void a_broker_that_was_just_started_counts_from_its_first_look() {
        assertEquals(NOTHING, roll.call(List.of(new Member(ONE, true)), 77_000));
        assertEquals(
                new Due(List.of(), List.of(ONE)),
                roll.call(List.of(new Member(ONE, true)), 77_100));
    }
}
