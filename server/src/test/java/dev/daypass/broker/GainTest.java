package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.AccountId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.intent.Task;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Granted;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GainTest {
    /// Binds the offers to what the newest words say.
    private static Intent bound(Task task, Catalog reach) {
        String value = task.text().contains("LON") ? "LON" : "NYC";
        return Intent.of(
                reach.operations().stream()
                        .filter(operation -> operation.id().name().equals("listOffers"))
                        .map(operation ->
                                new Proposal(
                                        operation,
                                        only(value),
                                        new Span(0, task.text().length()),
                                        1))
                        .toList());
    }

    @Test
    void who_has_an_account_widened_is_told_which_slots_take_more(@TempDir Path home)
            throws IOException {
        try (House house = new House(home, GainTest::bound)) {
            house.putFlights();
            house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
            AccountId id = house.active(House.request()).account().id();
            var request =
                    new WidenRequest(
                            House.claimant(Sample.AGENT, 'A'),
                            id,
                            "list the offers from LON",
                            null,
                            null);

            var widened =
                    assertInstanceOf(
                            Widening.Granted.class,
                            House.join(house.broker.widenings().widen(request, w -> w)));

            JsonFields added =
                    JsonFields.of(JsonFields.of(widened.widening()).items("added").getFirst());
            assertEquals("listOffers", added.string("operation"));
            assertEquals("offers", added.string("resource"));
            assertEquals(List.of("query.q"), added.strings("loosened"));
        }
    }

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
        Leaf most = leaf("listPrices", Map.of("query.q", Constraint.atMost("5")), "prices to 5");
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
