package dev.daypass.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenewalsTest {
    private static final Incarnation ONE = new Incarnation("one", "a");
    private static final FromEdge.Renew ASKED = new FromEdge.Renew(ONE, 3, 5);

    @Test
    void only_a_member_that_is_not_leaving_has_its_lease_renewed() {
        var granted = new ToEdge.Granted<Object, Object>(ONE, 3, 9);
        var unknown = new ToEdge.Unknown<Object, Object>(ONE);
        assertEquals(granted, answer(List.of(new Roll.Member(ONE, false))));
        assertEquals(unknown, answer(List.of(new Roll.Member(ONE, true))));
        assertEquals(unknown, answer(List.of(new Roll.Member(new Incarnation("one", "b"), false))));
        assertEquals(unknown, answer(List.of()));
    }

    private static ToEdge<Object, Object> answer(List<Roll.Member> members) {
        return Renewals.answer(ASKED, new Roster(members).renews(ASKED.from()), 9);
    }

    @Test
    void a_joining_edge_is_told_of_all_that_either_clock_takes_to_be_inside_its_deadline() {
        assertEquals(900, Renewals.completeFrom(1_000, 900, 500));
        assertEquals(800, Renewals.completeFrom(800, 900, 500));
        assertEquals(400, Renewals.completeFrom(100, 900, 500));
    }
}
