package dev.daypass.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each reason for which an operation is left out, and each word that lets one in.
class ConfinementTest {
    private static final ServiceId SHOP = new ServiceId("shop");
    private static final Ceiling EVERYTHING = ceiling(Map.of());

    @Test
    void a_word_for_the_trait_lets_the_operation_in_and_no_other_word_does() {
        Map<Trait, String> words =
                Map.of(
                        Trait.DELETE, "remove",
                        Trait.MONEY, "pay for",
                        Trait.OUTWARD, "send",
                        Trait.SECRET, "show the password of",
                        Trait.ADMIN, "configure",
                        Trait.IDENTITY, "sign in for",
                        Trait.WRITE, "create");
        words.forEach((trait, said) ->
                words.keySet()
                        .forEach(wanted -> {
                            boolean granted = granted(said + " things", alone(wanted));

                            assertEquals(wanted == trait, granted, said + " for " + wanted);
                        }));
    }

    // What is secret is mostly only shown.
    private static Set<Trait> alone(Trait trait) {
        return trait == Trait.SECRET ? EnumSet.of(Trait.READ, trait) : EnumSet.of(trait);
    }

    @Test
    void reading_and_what_is_personal_need_no_word_of_their_own() {
        assertTrue(granted("things", EnumSet.of(Trait.READ, Trait.PERSONAL)));
    }

    @Test
    void a_change_that_pays_deletes_or_sends_is_justified_by_the_word_for_that() {
        assertTrue(granted("pay for things", EnumSet.of(Trait.WRITE, Trait.MONEY)));
        assertTrue(granted("send things", EnumSet.of(Trait.WRITE, Trait.OUTWARD)));
        assertEquals(false, granted("send things", EnumSet.of(Trait.WRITE, Trait.ADMIN)));
        assertEquals(
                false, granted("send things", EnumSet.of(Trait.WRITE, Trait.OUTWARD, Trait.MONEY)));
    }

    @Test
    void an_operation_without_a_known_trait_is_not_granted() {
        assertEquals(
                "outside this agent's ceiling",
                dropped("things", operation(EnumSet.noneOf(Trait.class)), EVERYTHING, null));
    }

    @Test
    void the_missing_words_are_told() {
        assertEquals(
                "the task has no word for: delete, money",
                dropped(
                        "things",
                        operation(EnumSet.of(Trait.MONEY, Trait.DELETE)),
                        EVERYTHING,
                        null));
    }

    @Test
    void arguments_outside_the_ceiling_are_told() {
        Ceiling paris = ceiling(Map.of("query.to", one("PAR")));

        assertEquals(
                "its arguments are outside this agent's ceiling",
                dropped("things", operation(EnumSet.of(Trait.READ)), paris, null));
    }

    @Test
    void what_the_parent_does_not_have_is_told() {
        assertEquals(
                "outside the parent account's grant",
                dropped(
                        "things",
                        operation(EnumSet.of(Trait.READ)),
                        EVERYTHING,
                        Grant.of(List.of())));
    }

    @Test
    void the_bounds_of_words_ceiling_and_parent_all_hold() {
        Operation operation = operation(EnumSet.of(Trait.READ));
        Ceiling ceiling = ceiling(Map.of("query.to", new Constraint.OneOf(List.of("LON", "PAR"))));
        Grant parent =
                Grant.of(List.of(Permission.of(operation, Map.of("query.from", one("NYC")))));

        Confined confined = confined("things", operation, ceiling, parent);

        assertEquals(
                Map.of("query.to", one("LON"), "query.from", one("NYC")),
                confined.leaves().getFirst().permission().constraints());
    }

    @Test
    void an_operation_of_a_service_that_was_not_asked_for_is_neither_granted_nor_told() {
        Operation operation = operation(EnumSet.of(Trait.READ));
        var reach = Reach.of(EVERYTHING, Catalog.of(List.of(operation)));
        var elsewhere = new Bounds(reach, null, Set.of(new ServiceId("library")));

        Confined confined =
                Confinement.confine(new Task("things"), proposing(operation), elsewhere);

        assertEquals(List.of(), confined.leaves());
        assertEquals(List.of(), confined.dropped());
    }

    @Test
    void where_the_same_words_stand_twice_a_leaf_tells_which_it_means_and_is_the_same_leaf() {
        Operation operation = operation(EnumSet.of(Trait.READ));
        String text = "things, and once more things";
        var first = new Span(0, 6);
        var second = new Span(22, 28);

        Confined one = because(text, operation, first);
        Confined other = because(text, operation, second);

        assertEquals(first, one.span(one.leaves().getFirst()));
        assertEquals(second, other.span(other.leaves().getFirst()));
        assertEquals(one.leaves(), other.leaves());
        assertEquals(one.grant().resourceHash(), other.grant().resourceHash());
    }

    private static Confined because(String text, Operation operation, Span words) {
        return Confinement.confine(
                new Task(text),
                Intent.of(List.of(new Proposal(operation, Map.of(), words, 1))),
                new Bounds(Reach.of(EVERYTHING, Catalog.of(List.of(operation))), null, Set.of()));
    }

    private static boolean granted(String text, Set<Trait> traits) {
        return !confined(text, operation(traits), EVERYTHING, null).leaves().isEmpty();
    }

    private static String dropped(
            String text, Operation operation, Ceiling ceiling, @Nullable Grant parent) {
        return confined(text, operation, ceiling, parent).dropped().getFirst().why();
    }

    private static Confined confined(
            String text, Operation operation, Ceiling ceiling, @Nullable Grant parent) {
        return Confinement.confine(
                new Task(text),
                proposing(operation),
                new Bounds(Reach.of(ceiling, Catalog.of(List.of(operation))), parent, Set.of()));
    }

    /// To London, because of the first word.
    private static Intent proposing(Operation operation) {
        return Intent.of(
                List.of(
                        new Proposal(
                                operation, Map.of("query.to", one("LON")), new Span(0, 4), 1)));
    }

    private static Operation operation(Set<Trait> traits) {
        return new Operation(
                new OperationId(SHOP, "doThings"),
                HttpMethod.POST,
                PathTemplate.parse("/things"),
                traits,
                List.of(),
                "",
                List.of());
    }

    private static Ceiling ceiling(Map<String, Constraint> bounds) {
        return new Ceiling(
                List.of(new Ceiling.Entry("*", List.of("*"), EnumSet.allOf(Trait.class), bounds)),
                List.of(),
                Duration.ofHours(1),
                100);
    }

    private static Constraint one(String value) {
        return new Constraint.OneOf(List.of(value));
    }
}
