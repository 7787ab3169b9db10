package dev.daypass.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What only looks things up for an operation goes where that goes.
///
/// Mutations that make it fail: in `Confinement.withoutUse`, keep everything, or let two look-ups
/// hold each other; in `Lookups.there`, do not say whom a look-up serves too; in `Chosen.add`, let
/// what is asked for by itself serve others.
class LookupsWithoutUseTest {
    private static final ServiceId SHOP = new ServiceId("shop");
    private static final Operation OFFERS =
            operation("searchOffers", EnumSet.of(Trait.READ), "from");
    private static final Operation USERS =
            operation("listUsers", EnumSet.of(Trait.READ, Trait.PERSONAL));
    private static final Operation BOOK =
            operation("bookOffer", EnumSet.of(Trait.WRITE, Trait.MONEY), "offer_id", "user_id");
    private static final Operation NOTE =
            operation("createNote", EnumSet.of(Trait.WRITE), "user_id");

    private static Operation operation(String name, Set<Trait> traits, String... needed) {
        boolean reads = traits.contains(Trait.READ);
        List<Parameter> parameters =
                Arrays.stream(needed)
                        .map(n ->
                                new Parameter(
                                        reads ? Parameter.Place.QUERY : Parameter.Place.BODY,
                                        n,
                                        !reads,
                                        "string",
                                        List.of(),
                                        ""))
                        .toList();
        return new Operation(
                new OperationId(SHOP, name),
                reads ? HttpMethod.GET : HttpMethod.POST,
                PathTemplate.parse("/" + name),
                traits,
                parameters,
                "",
                List.of());
    }

    private static Confined confined(String task) {
        Catalog catalog = Catalog.of(List.of(OFFERS, USERS, BOOK, NOTE));
        return Confinement.confine(
                new Task(task),
                new EmbeddedParser().understand(new Task(task), catalog),
                new Bounds(Reach.of(everything(), catalog), null, Set.of()));
    }

    private static Ceiling everything() {
        return new Ceiling(
                List.of(new Ceiling.Entry("*", List.of("*"), EnumSet.allOf(Trait.class), Map.of())),
                List.of(),
                Duration.ofHours(1),
                100);
    }

    private static Set<String> granted(Confined confined) {
        return confined.leaves().stream()
                .map(leaf -> leaf.permission().operation().name())
                .collect(Collectors.toSet());
    }

    private static String why(Confined confined, Operation of) {
        return confined.dropped().stream()
                .filter(dropped -> dropped.operation().equals(of.id()))
                .map(Dropped::why)
                .findFirst()
                .orElse("not dropped");
    }

    @Test
    void what_was_looked_up_for_a_refused_change_alone_is_refused_with_it() {
        Confined confined = confined("Book the cheapest offer");

        assertEquals(Set.of(), granted(confined));
        assertEquals("the task has no word for: money", why(confined, BOOK));
        assertEquals(
                "it would only serve what is not granted: shop.bookOffer", why(confined, USERS));
        assertEquals(
                Set.of("searchOffers"), granted(confined("Find the cheapest offer and book it")));
    }

    @Test
    void it_is_granted_where_the_change_is_or_where_the_task_asks_for_it() {
        assertTrue(granted(confined("Book the cheapest offer for 300 EUR")).contains("listUsers"));
        assertTrue(
                granted(confined("Book the cheapest offer and list the users"))
                        .contains("listUsers"));
    }

    @Test
    void it_is_granted_where_another_change_needs_it_too() {
        assertEquals(
                Set.of("createNote", "listUsers"),
                granted(confined("Book the cheapest offer and create a note")));
    }

    @Test
    void two_that_look_things_up_for_each_other_do_not_hold_each_other() {
        var task = new Task("offers of users");
        Catalog catalog = Catalog.of(List.of(OFFERS, USERS, BOOK));
        Intent intent =
                Intent.of(
                        List.of(
                                marked(OFFERS, Set.of(USERS.id(), BOOK.id())),
                                marked(USERS, Set.of(OFFERS.id()))));

        Confined confined =
                Confinement.confine(
                        task, intent, new Bounds(Reach.of(everything(), catalog), null, Set.of()));

        assertEquals(Set.of(), granted(confined));
    }

    private static Proposal marked(Operation operation, Set<OperationId> serves) {
        return new Proposal(operation, Map.of(), new Span(0, 6), 1, false, serves);
    }

    @Test
    void whatever_a_parser_marks_it_gets_no_more_and_each_mark_leads_to_something_granted() {
        Check.forAll(random -> {
            List<Operation> operations = IntentWorld.operations(random);
            Task task = IntentWorld.task(random);
            Ceiling ceiling = IntentWorld.ceiling(random);
            Intent plain = IntentWorld.lies(random, operations);
            var marks = new ArrayList<Proposal>();
            for (Proposal p : plain.proposals()) {
                Set<OperationId> serves =
                        Set.copyOf(Gen.list(random, 2, r -> Gen.pick(r, operations).id()));
                marks.add(
                        new Proposal(
                                p.operation(),
                                p.constraints(),
                                p.because(),
                                p.score(),
                                p.waits(),
                                serves));
            }
            var bounds = new Bounds(Reach.of(ceiling, Catalog.of(operations)), null, Set.of());

            Set<OperationId> more = all(Confinement.confine(task, plain, bounds));
            Set<OperationId> kept = all(Confinement.confine(task, Intent.of(marks), bounds));

            assertTrue(more.containsAll(kept), () -> kept + " of " + more);
            assertEquals(reachable(marks, more), kept);
        });
    }

    private static Set<OperationId> all(Confined confined) {
        return Stream.concat(confined.leaves().stream(), confined.waiting().stream())
                .map(Leaf::permission)
                .map(permission -> permission.operation())
                .collect(Collectors.toSet());
    }

    /// Slow and obvious: again and again, whatever serves something that is there.
    private static Set<OperationId> reachable(List<Proposal> marks, Set<OperationId> of) {
        var first = new HashSet<OperationId>();
        var counted = new ArrayList<Proposal>();
        for (Proposal mark : marks) {
            if (first.add(mark.operation().id()) && of.contains(mark.operation().id())) {
                counted.add(mark);
            }
        }
        var out = new HashSet<OperationId>();
        for (int i = 0; i <= counted.size(); i++) {
            for (Proposal mark : counted) {
                if (mark.serves().isEmpty() || !Collections.disjoint(mark.serves(), out)) {
                    out.add(mark.operation().id());
                }
            }
        }
        return out;
    }
}
