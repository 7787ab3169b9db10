package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintTest {
    @Test
    void both_permit_what_each_permits() {
        Check.forAll(
                2_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = RandomGrant.constraint(random);
                    Constraint both = Constraint.both(a, b);

                    for (String value : List.of("x", "y", "z", "é", "w", "")) {
                        assertEquals(a.permits(value) && b.permits(value), both.permits(value));
                    }
                    assertEquals(both, Constraint.both(b, a));
                    assertEquals(a.within(b), both.equals(a));
                });
    }

    @Test
    void order_and_repetition_do_not_matter() {
        assertEquals(
                new Constraint.OneOf(List.of("b", "a", "b")),
                new Constraint.OneOf(List.of("a", "b")));
    }

    @Test
    void an_empty_list_permits_nothing() {
        Check.forAll(random ->
                assertFalse(new Constraint.OneOf(List.of()).permits(Gen.text(random, 3))));
    }

    @Test
    void a_constraint_survives_json() {
        Check.forAll(random -> {
            Constraint constraint = RandomGrant.constraint(random);

            assertEquals(constraint, Constraint.fromJson(constraint.toJson()));
        });
    }
}
