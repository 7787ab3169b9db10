package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.check.Check;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResourceTest {
    private static String ofPath(String path) {
        return Resource.of("anything", PathTemplate.parse(path));
    }

    private static String ofTool(String name) {
        return Resource.of(name, PathTemplate.parse(Operation.TOOLS + name));
    }

    @Test
    void an_http_operation_is_about_the_first_fixed_word_of_its_path() {
        for (String path :
                List.of(
                        "/offers",
                        "/offers/{id}",
                        "/v1/offers/{id}/cancel",
                        "/api/v2.1/offers/search",
                        "/3/{shop}/offers/{id}/pages")) {
            assertEquals("offers", ofPath(path), path);
        }
    }

    @Test
    void a_tool_is_about_the_noun_of_its_name() {
        for (String name :
                List.of(
                        "create_file",
                        "search_files_by_filename",
                        "append_to_file",
                        "move_file_to_folder",
                        "files-delete",
                        "disk.listFiles",
                        "file_read",
                        "file")) {
            assertEquals("file", ofTool(name), name);
        }
        assertEquals("event", ofTool("get_day_calendar_events"));
        assertEquals("product", ofTool("cart_remove_product"));
        assertEquals("search", ofTool("search"));
    }

    @Test
    void where_nothing_is_left_it_is_the_root() {
        assertEquals("/", ofPath("/"));
        assertEquals("/", ofPath("/api/v1/{id}"));
        assertEquals("/", ofTool("42"));
    }

    @Test
    void it_is_told_with_a_leaf_and_is_no_part_of_what_is_hashed() {
        var permission =
                new Permission(
                        new OperationId(new ServiceId("shop"), "find"),
                        HttpMethod.GET,
                        PathTemplate.parse("/v1/offers"),
                        java.util.Map.of(),
                        List.of());

        Json.Obj told = new Leaf(permission, Set.of(Trait.READ), "find offers").told();

        assertEquals(
                """
                {"service":"shop","resource":"offers","operation":"find","method":"GET",\
                "path":"/v1/offers","traits":["read"],"because":"find offers"}\
                """,
                told.text());
        assertFalse(Grant.of(List.of(permission)).canonical().contains("resource"));
    }

    @Test
    void every_permission_has_one() {
        Check.forAll(
                500, random -> assertFalse(RandomGrant.permission(random).resource().isEmpty()));
    }
}
