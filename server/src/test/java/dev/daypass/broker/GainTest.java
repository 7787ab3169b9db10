package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Granted;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GainTest {
    private static Leaf leaf(String operation, Map<String, Constraint> bounds, String because) {
        return new Leaf(
                Permission.of(
                        House.operation(Sample.SERVICE, operation, HttpMethod.GET, Trait.READ),
                        bounds),
                Set.of(Trait.READ),
                because);
    }

    private static Map<String, Constraint> only(String... values) {
        return Map.of("query.q", new Constraint.OneOf(List.of(values)));
    }

    @Test
    void a_new_operation_is_gained_and_what_was_had_stays() {
        Leaf had = leaf("listOffers", only("NYC"), "offers");
        Leaf fresh = leaf("listPrices", Map.of(), "prices");

        Gain gain = Gain.of(Granted.of(List.of(had)), List.of(fresh));

        assertEquals(List.of(fresh), gain.added());
        assertEquals(List.of(had, fresh), gain.wider().leaves());
        assertTrue(gain.difference().changed().isEmpty());
    }

    @Test
    void an_operation_that_was_bound_takes_the_values_of_both_for_the_newer_reason() {
        Leaf had = leaf("listOffers", only("NYC"), "offers from NYC");
        Leaf found = leaf("listOffers", only("LON"), "offers from LON");

        Gain gain = Gain.of(Granted.of(List.of(had)), List.of(found));

        assertEquals(
                List.of(leaf("listOffers", only("LON", "NYC"), "offers from LON")), gain.added());
        assertEquals(Set.of("query.q"), gain.difference().changed().getFirst().loosened());
        assertTrue(gain.difference().changed().getFirst().tightened().isEmpty());
    }

    @Test
    void nothing_is_gained_by_what_is_had_or_what_no_bound_can_join() {
        Leaf wide = leaf("listOffers", Map.of(), "offers");
        Leaf most =
                leaf("listPrices", Map.of("query.q", Constraint.atMost("5")), "prices to 5");
        Granted had = Granted.of(List.of(wide, most));

        Gain gain =
                Gain.of(
                        had,
                        List.of(
                                leaf("listOffers", only("NYC"), "offers from NYC"),
                                leaf("listPrices", only("x"), "prices of x")));

        assertEquals(List.of(), gain.added());
        assertEquals(had, gain.wider());
        assertTrue(gain.difference().isEmpty());
    }
}
