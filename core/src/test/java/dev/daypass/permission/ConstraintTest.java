package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConstraintTest {
    private static final List<String> SOME =
            Stream.concat(
                            RandomGrant.NUMBERS.stream(),
                            Stream.of("x", "y", "z", "é", "w", "", "0.0", "100", "100.1", "01"))
                    .toList();

    @Test
    void both_permit_what_each_permits() {
        Check.forAll(
                2_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = RandomGrant.constraint(random);
                    Constraint both = Constraint.both(a, b);

                    for (String value : SOME) {
                        assertEquals(a.permits(value) && b.permits(value), both.permits(value));
                    }
                    assertEquals(both, Constraint.both(b, a));
                    assertEquals(a.within(b), both.equals(a));
                    assertTrue(both.within(a) && both.within(b));
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

    @Test
    void at_most_permits_plain_decimals_from_0_to_its_bound() {
        Constraint most = Constraint.atMost("320.5");

        for (String value : List.of("0", "0.0", "1", "320", "320.5", "320.50", "2.5")) {
            assertTrue(most.permits(value), value);
        }
        for (String value :
                List.of(
                        "320.51",
                        "321",
                        "-1",
                        "-0",
                        "+1",
                        "1e2",
                        "1E0",
                        "0x10",
                        "NaN",
                        "Infinity",
                        "",
                        " 1",
                        "1 ",
                        "1\n",
                        "01",
                        "00",
                        ".5",
                        "5.",
                        "1,5",
                        "1_0",
                        "1.2.3",
                        "١",
                        "１",
                        "1f",
                        "1d",
                        "0." + "0".repeat(21),
                        "1".repeat(31))) {
            assertFalse(most.permits(value), value);
        }
    }

    @Test
    void equal_bounds_are_written_alike() {
        for (String same : List.of("500", "500.0", "500.00")) {
            assertEquals("{\"max\":\"500\"}", Constraint.atMost(same).toJson().text());
            assertEquals(Constraint.atMost("500"), Constraint.atMost(same));
        }
        assertEquals(
                Constraint.atMost("500"), new Constraint.AtMost(new java.math.BigDecimal("5e2")));
        assertEquals("{\"max\":\"0\"}", Constraint.atMost("0.00").toJson().text());
    }

    @Test
    void a_bound_that_is_no_plain_decimal_is_refused() {
        for (String max : List.of("-1", "1e3", "", "x", "1".repeat(31), "NaN", "+5", "05")) {
            assertThrows(WireException.class, () -> Constraint.atMost(max), max);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Constraint.AtMost(new java.math.BigDecimal("-1")));
        for (String json :
                List.of(
                        "{}",
                        "{\"max\":500}",
                        "{\"max\":null}",
                        "{\"min\":\"1\"}",
                        "{\"max\":\"1\",\"min\":\"0\"}",
                        "\"5\"",
                        "5",
                        "[5]")) {
            assertThrows(WireException.class, () -> Constraint.fromJson(Json.parse(json)), json);
        }
    }
}
