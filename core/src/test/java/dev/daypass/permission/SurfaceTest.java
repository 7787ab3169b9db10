package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Of several operations that fit a request, the one that is judged.
class SurfaceTest {
    private static final ServiceId SHOP = new ServiceId("shop");

    private static Operation operation(String path) {
        return operation(HttpMethod.GET, path);
    }

    private static Operation operation(HttpMethod method, String path) {
        return new Operation(
                new OperationId(SHOP, method + path),
                method,
                PathTemplate.parse(path),
                Set.of(Trait.READ),
                List.of(),
                "",
                List.of());
    }

    /// What is said of a GET by one who was granted `granted` where `offered` is offered.
    private static Coverage judged(List<String> offered, List<String> granted, String target) {
        var surface = Surface.of(offered.stream().map(SurfaceTest::operation).toList());
        var grant =
                Grant.of(
                        granted.stream()
                                .map(path -> Permission.of(operation(path), Map.of()))
                                .toList());
        return grant.covers(
                SHOP,
                CanonicalRequest.parse(HttpMethod.GET, target),
                surface,
                new RequestBody.Unread());
    }

    private static String by(List<String> offered, List<String> granted, String target) {
        return switch (judged(offered, granted, target)) {
            case Coverage.Covered(var by) -> by.path().toString();
            case Coverage.NotCovered _, Coverage.NeedsBody _ -> "refused";
            case Coverage.OtherPath _ -> "elsewhere";
        };
    }

    @Test
    void a_literal_path_is_another_operation_than_the_template_that_fits_it_too() {
        List<String> offered = List.of("/offers/{id}", "/offers/search", "/offers");

        assertEquals("refused", by(offered, List.of("/offers/{id}"), "/offers/search"));
        assertEquals("/offers/{id}", by(offered, List.of("/offers/{id}"), "/offers/7"));
        assertEquals("/offers/search", by(offered, offered, "/offers/search"));
        assertEquals("/offers/search", by(offered, List.of("/offers/search"), "/offers/search"));
        assertEquals("refused", by(offered, List.of("/offers/search"), "/offers/7"));
        assertTrue(
                judged(offered, List.of("/offers/{id}"), "/offers/search")
                        .toString()
                        .contains("`GET/offers/search`, which is not among the 1 operation"));
    }

    @Test
    void an_encoded_spelling_of_the_literal_does_not_help() {
        List<String> offered = List.of("/offers/{id}", "/offers/search");

        for (String target : List.of("/offers/%73earch", "/offers/sear%63h")) {
            assertEquals("refused", by(offered, List.of("/offers/{id}"), target));
        }
    }

    @Test
    void another_case_of_the_literal_does_not_help() {
        List<String> offered = List.of("/offers/{id}", "/offers/search", "/Draft{n}", "/drafts");

        for (String target :
                List.of(
                        "/offers/Search",
                        "/offers/SEARCH",
                        "/offers/%EF%BD%93earch",
                        "/offers/ſearch")) {
            String encoded = target.replace("ſ", "%C5%BF");
            assertEquals("refused", by(offered, List.of("/offers/{id}"), encoded), target);
        }
        assertEquals("/offers/{id}", by(offered, List.of("/offers/{id}"), "/offers/Searches"));
        assertEquals("refused", by(offered, List.of("/Draft{n}"), "/Drafts"));
    }

    @Test
    void letters_around_a_variable_make_it_more_specific() {
        List<String> offered = List.of("/papers/{id}", "/papers/{id}.pdf", "/papers/draft-{id}");

        assertEquals("refused", by(offered, List.of("/papers/{id}"), "/papers/7.pdf"));
        assertEquals("/papers/{id}.pdf", by(offered, offered, "/papers/7.pdf"));
        assertEquals("/papers/{id}", by(offered, List.of("/papers/{id}"), "/papers/7"));
        assertEquals("refused", by(offered, List.of("/papers/{id}.pdf"), "/papers/draft-7.pdf"));
    }

    @Test
    void of_two_that_are_vague_in_different_places_both_must_be_granted() {
        List<String> offered = List.of("/{a}/me", "/books/{b}");

        assertEquals("refused", by(offered, List.of("/{a}/me"), "/books/me"));
        assertEquals("refused", by(offered, List.of("/books/{b}"), "/books/me"));
        assertInstanceOf(Coverage.Covered.class, judged(offered, offered, "/books/me"));
        assertEquals("/books/{b}", by(offered, List.of("/books/{b}"), "/books/you"));
    }

    @Test
    void other_methods_and_lengths_are_no_rivals() {
        var surface =
                Surface.of(
                        List.of(
                                operation("/offers/{id}"),
                                operation(HttpMethod.POST, "/offers/search"),
                                operation("/offers/search/more")));
        var grant = Grant.of(List.of(Permission.of(operation("/offers/{id}"), Map.of())));

        assertInstanceOf(
                Coverage.Covered.class,
                grant.covers(
                        SHOP,
                        CanonicalRequest.parse(HttpMethod.GET, "/offers/search"),
                        surface,
                        new RequestBody.Unread()));
    }

    @Test
    void bounds_of_the_operation_that_is_meant_hold_also_where_a_vaguer_one_is_unbound() {
        var search = operation("/offers/search");
        var surface = Surface.of(List.of(operation("/offers/{id}"), search));
        var grant =
                Grant.of(
                        List.of(
                                Permission.of(operation("/offers/{id}"), Map.of()),
                                Permission.of(
                                        search,
                                        Map.of("query.q", new Constraint.OneOf(List.of("mine"))))));

        assertInstanceOf(
                Coverage.NotCovered.class,
                grant.covers(
                        SHOP,
                        CanonicalRequest.parse(HttpMethod.GET, "/offers/search?q=yours"),
                        surface,
                        new RequestBody.Unread()));
        assertInstanceOf(
                Coverage.Covered.class,
                grant.covers(
                        SHOP,
                        CanonicalRequest.parse(HttpMethod.GET, "/offers/search?q=mine"),
                        surface,
                        new RequestBody.Unread()));
    }

    @Test
    void what_the_service_offers_no_more_is_refused() {
        assertEquals("refused", by(List.of("/offers"), List.of("/offers/{id}"), "/offers/7"));
        assertEquals("refused", by(List.of(), List.of("/offers"), "/offers"));
    }

    @Test
    void a_call_is_covered_just_when_every_operation_that_nothing_beats_is_granted() {
        Check.forAll(random -> {
            List<String> offered = templates(random);
            List<String> granted = offered.stream().filter(_ -> random.nextBoolean()).toList();
            String target = "/" + Gen.pick(random, "a", "b") + "/" + Gen.pick(random, "a", "b");

            boolean covered = judged(offered, granted, target) instanceof Coverage.Covered;

            assertEquals(
                    expected(offered, granted, target),
                    covered,
                    "%s of %s for %s".formatted(granted, offered, target));
        });
    }

    private static List<String> templates(Random random) {
        var out = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            out.add(
                    "/"
                            + Gen.pick(random, "a", "b", "{x}")
                            + "/"
                            + Gen.pick(random, "a", "b", "{y}"));
        }
        return List.copyOf(out);
    }

    /// The same, slowly and by letters.
    private static boolean expected(List<String> offered, List<String> granted, String target) {
        List<String> fitting = offered.stream().filter(t -> fits(t, target)).toList();
        var best = new ArrayList<>(fitting);
        best.removeIf(one -> fitting.stream().anyMatch(other -> beats(other, one)));
        return !best.isEmpty() && granted.containsAll(best);
    }

    private static boolean fits(String template, String target) {
        return target.matches(template.replaceAll("\\{.}", "[ab]"));
    }

    private static boolean beats(String winner, String loser) {
        return !winner.equals(loser) && winner.matches(loser.replaceAll("\\{.}", "([ab]|[{].[}])"));
    }
}
