package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void a_long_summary_is_cut_between_characters() {
        assertEquals("x".repeat(500), operation("x".repeat(501)).summary());
        assertEquals("x".repeat(499), operation("x".repeat(499) + "😀").summary());
        assertEquals("x".repeat(498) + "😀", operation("x".repeat(498) + "😀y").summary());
    }

    @Test
    void a_permission_may_repeat_what_the_operation_takes_as_an_array() {
        Permission permission = Permission.of(operation(""), Map.of());

        assertEquals(List.of("query.tags"), permission.repeats());
        assertEquals(Map.of(), permission.constraints());
    }

    @Test
    void operations_sort_by_service_and_then_by_name() {
        List<String> sorted =
                Stream.of(id("b", "a"), id("a", "b"), id("a", "B"))
                        .sorted()
                        .map(OperationId::toString)
                        .toList();

        assertEquals(List.of("a.B", "a.b", "b.a"), sorted);
    }

    @Test
    void an_operation_s_name_is_printable_ascii() {
        for (String name : List.of("", "a b", "a\n", "é", "x".repeat(201))) {
            assertThrows(IllegalArgumentException.class, () -> id("a", name), name);
        }
        assertEquals(200, id("a", "x".repeat(200)).name().length());
    }

    @Test
    void every_trait_has_its_word() {
        for (Trait trait : Trait.values()) {
            assertEquals(trait, Trait.of(trait.word()));
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> Trait.of(trait.name()));
            assertTrue(String.valueOf(refusal.getMessage()).contains(trait.word()));
        }
    }

    private static OperationId id(String service, String name) {
        return new OperationId(new ServiceId(service), name);
    }

    private static Operation operation(String summary) {
        return new Operation(
                id("shop", "find"),
                HttpMethod.GET,
                PathTemplate.parse("/offers"),
                Set.of(Trait.READ),
                List.of(parameter("from", "string"), parameter("tags", "array")),
                summary,
                List.of());
    }

    private static Parameter parameter(String name, String type) {
        return new Parameter(Parameter.Place.QUERY, name, false, type, List.of(), "");
    }
}
