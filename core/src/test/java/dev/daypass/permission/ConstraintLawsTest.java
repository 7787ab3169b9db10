package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The algebra of constraints, over all kinds.
class ConstraintLawsTest {
    private static final List<String> VALUES =
            Stream.concat(
                            RandomGrant.NUMBERS.stream(),
                            Stream.of(
                                    "", "x", "y", "z", "é", "w", "xy", "xyz", "xyzx", "x/", "x/..",
                                    "x/../y", "x/y", "X", "0.0", "100", "100.1", "01", "-2", "-2.5",
                                    "-3.1", "-0", "22", "2", "x\n", "𝔵𝔵"))
                    .toList();

    @Test
    void what_both_permit_is_what_each_permits_and_nothing_else() {
        Check.forAll(
                5_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = RandomGrant.constraint(random);
                    Constraint both = Constraint.both(a, b);

                    for (String value : VALUES) {
                        assertEquals(a.permits(value) && b.permits(value), both.permits(value));
                    }
                    assertEquals(a.mayBeMissing() && b.mayBeMissing(), both.mayBeMissing());
                    assertTrue(both.within(a) && both.within(b), () -> a + " " + b);
                });
    }

    @Test
    void intersection_does_not_depend_on_order_grouping_or_repetition() {
        Check.forAll(
                5_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = RandomGrant.constraint(random);
                    Constraint c = RandomGrant.constraint(random);

                    assertEquals(a, Constraint.both(a, a));
                    assertEquals(Constraint.both(a, b), Constraint.both(b, a));
                    assertEquals(
                            Constraint.both(Constraint.both(a, b), c),
                            Constraint.both(a, Constraint.both(b, c)));
                });
    }

    @Test
    void what_is_within_another_permits_no_more_and_is_what_both_permit() {
        var within = new AtomicInteger();
        Check.forAll(
                10_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = near(a, random);
                    if (a.within(b)) {
                        within.incrementAndGet();
                        for (String value : VALUES) {
                            assertTrue(!a.permits(value) || b.permits(value), () -> a + " " + b);
                        }
                        assertTrue(!a.mayBeMissing() || b.mayBeMissing());
                    }
                    assertEquals(a.within(b), Constraint.both(a, b).equals(a), () -> a + " " + b);
                });
        assertTrue(within.get() > 0 || !System.getProperty("seed", "").isEmpty());
    }

    @Test
    void being_within_is_reflexive_and_transitive() {
        Check.forAll(
                10_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = near(a, random);
                    Constraint c = near(b, random);

                    assertTrue(a.within(a));
                    assertTrue(!a.within(b) || !b.within(c) || a.within(c), () -> a + " " + b + c);
                });
    }

    // One of two random constraints hardly ever lies within the other.
    private static Constraint near(Constraint it, java.util.Random random) {
        Constraint other = RandomGrant.constraint(random);
        return switch (random.nextInt(3)) {
            case 0 -> other;
            case 1 -> Constraint.both(it, other);
            default -> it instanceof Constraint.IfGiven ? it : new Constraint.IfGiven(it);
        };
    }

    @Test
    void nothing_is_within_everything() {
        Check.forAll(random -> {
            Constraint any = RandomGrant.constraint(random);

            assertTrue(Constraint.nothing().within(any));
            assertEquals(Constraint.nothing(), Constraint.both(Constraint.nothing(), any));
        });
    }

    @Test
    void a_widened_constraint_permits_what_it_did() {
        Check.forAll(
                5_000,
                random -> {
                    Constraint it = RandomGrant.constraint(random);
                    Constraint wide = it.widened(RandomGrant.constraint(random));

                    for (String value : VALUES) {
                        assertTrue(!it.permits(value) || wide.permits(value));
                    }
                });
    }

    @Test
    void a_constraint_survives_its_canonical_json() {
        Check.forAll(
                2_000,
                random -> {
                    Constraint constraint = RandomGrant.constraint(random);
                    String text = CanonicalJson.text(constraint.toJson());

                    assertEquals(constraint, Constraint.fromJson(Json.parse(text)));
                    assertEquals(
                            text,
                            CanonicalJson.text(Constraint.fromJson(Json.parse(text)).toJson()));
                    assertTrue(!constraint.words().isEmpty());
                });
    }

    @Test
    void equal_constraints_are_written_alike() {
        Check.forAll(
                2_000,
                random -> {
                    Constraint a = RandomGrant.constraint(random);
                    Constraint b = Gen.pick(random, a, RandomGrant.constraint(random));

                    assertEquals(a.equals(b), a.toJson().text().equals(b.toJson().text()));
                });
    }
}
