package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.daypass.identity.ServiceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Map<String, Constraint> FROM_NYC =
            Map.of("query.from", new Constraint.OneOf(List.of("NYC")));

    @Test
    void a_request_within_every_bound_is_covered() {
        Permission search = permission("/offers", FROM_NYC);

        assertCovered(search, "/offers?from=NYC");
        assertCovered(search, "/offers?to=LON&from=NYC&page=2");
        assertCovered(search, "/offers?%66rom=N%59C");
        assertOtherPath(search, "/offers/?from=NYC");
        assertOtherPath(search, "/Offers?from=NYC");
    }

    @Test
    void a_bound_parameter_must_be_given_and_be_within_its_bound() {
        Permission search = permission("/offers", FROM_NYC);

        assertNotCovered("must be given", search, "/offers");
        assertNotCovered("must be given", search, "/offers?to=NYC");
        assertNotCovered("is outside", search, "/offers?from=");
        assertNotCovered("is outside", search, "/offers?from=nyc");
        assertNotCovered("is outside", search, "/offers?from=NYC%20");
        assertNotCovered("is outside", search, "/offers?from=NYC,LON");
    }

    @Test
    void a_parameter_given_twice_is_covered_only_where_it_may_repeat() {
        Permission once = permission("/offers", FROM_NYC);
        Permission often =
                new Permission(
                        once.operation(),
                        once.method(),
                        once.path(),
                        Map.of("query.from", new Constraint.OneOf(List.of("NYC", "LON"))),
                        List.of("query.from"));

        assertNotCovered("given twice", once, "/offers?from=NYC&from=NYC");
        assertNotCovered("is outside", once, "/offers?from=NYC&from=LON");
        assertNotCovered("given twice", once, "/offers?from=NYC&to=A&to=B");
        assertCovered(often, "/offers?from=NYC&from=LON");
        assertNotCovered("is outside", often, "/offers?from=NYC&from=PAR");
        assertNotCovered("given twice", often, "/offers?from=NYC&to=A&to=B");
    }

    @Test
    void a_parameter_that_a_service_might_take_for_a_bound_one_is_not_covered() {
        Permission search = permission("/offers", FROM_NYC);

        for (String name :
                List.of(
                        "From",
                        "FROM",
                        "from[]",
                        "from[0]",
                        "from[x][y]",
                        "%20from",
                        "from%20",
                        "%EF%BD%86rom",
                        "From[]",
                        "f%72om[")) {
            assertNotCovered(
                    "could be taken for `query.from`", search, "/offers?from=NYC&" + name + "=LON");
        }
        assertCovered(search, "/offers?from=NYC&fromage=LON&f=LON&to[]=LON");
    }

    @Test
    void dots_spaces_and_underscores_are_one_to_some_services() {
        Permission search =
                permission(
                        "/offers", Map.of("query.trip_from", new Constraint.OneOf(List.of("NYC"))));

        assertNotCovered("could be taken", search, "/offers?trip_from=NYC&trip.from=LON");
        assertNotCovered("could be taken", search, "/offers?trip_from=NYC&trip+from=LON");
        assertCovered(search, "/offers?trip_from=NYC&trip-from=LON");
    }

    @Test
    void neighbours_in_brackets_are_not_taken_for_each_other() {
        Permission search =
                permission(
                        "/offers",
                        Map.of("query.filter[status]", new Constraint.OneOf(List.of("open"))));

        assertCovered(search, "/offers?filter[status]=open&filter[owner]=me");
        assertNotCovered("could be taken", search, "/offers?filter[status]=open&filter=all");
        assertNotCovered(
                "could be taken", search, "/offers?filter[status]=open&filter[status][]=all");
    }

    @Test
    void a_bound_on_a_path_variable_holds() {
        Permission get =
                permission(
                        "/papers/{id}.pdf",
                        Map.of("path.id", new Constraint.OneOf(List.of("7", "é"))));

        assertCovered(get, "/papers/7.pdf");
        assertCovered(get, "/papers/%C3%A9.pdf");
        assertNotCovered("is outside", get, "/papers/8.pdf");
        assertOtherPath(get, "/papers/.pdf");
        assertOtherPath(get, "/papers/7.PDF");
    }

    @Test
    void a_bound_on_what_is_not_there_covers_nothing() {
        var empty = new Constraint.OneOf(List.of(""));

        for (String slot : List.of("path.nobody", "body.x", "header.x")) {
            assertNotCovered(
                    "must be given", permission("/offers", Map.of(slot, empty)), "/offers");
        }
        for (String slot : List.of("query", "x", "")) {
            assertNotCovered(
                    "is none of path.NAME", permission("/offers", Map.of(slot, empty)), "/offers");
        }
    }

    private static Permission permission(String path, Map<String, Constraint> constraints) {
        return new Permission(
                new OperationId(new ServiceId("shop"), "find"),
                HttpMethod.GET,
                PathTemplate.parse(path),
                constraints,
                List.of());
    }

    private static Coverage coverage(Permission permission, String target) {
        return Coverage.of(
                permission,
                CanonicalRequest.parse(HttpMethod.GET, target),
                new RequestBody.Unread());
    }

    private static void assertCovered(Permission permission, String target) {
        assertEquals(new Coverage.Covered(permission), coverage(permission, target), target);
    }

    private static void assertOtherPath(Permission permission, String target) {
        assertEquals(new Coverage.OtherPath(), coverage(permission, target), target);
    }

    private static void assertNotCovered(String why, Permission permission, String target) {
        var refusal =
                assertInstanceOf(Coverage.NotCovered.class, coverage(permission, target), target);
        assertEquals(why, refusal.why().contains(why) ? why : refusal.why(), target);
    }
}
