package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.permission.Permission;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilteringTest {
    private static final Permission ALL = McpWorld.permission(McpWorld.READ_NOTE, Map.of());

    private static Json list(Json.Obj... tools) {
        return Json.object()
                .put("tools", Json.array(List.of(tools)))
                .put("nextCursor", "c")
                .put("cacheScope", "public")
                .build();
    }

    private static String tools(Filtering.Filtered left) {
        Json tools = ((Json.Obj) left.result()).members().get("tools");
        return tools == null ? "" : tools.text();
    }

    private static Filtering.Filtered filtered(Pins pins, Json result) {
        return new Filtering(McpWorld.judging(pins, ALL)).filter(ClientMethod.TOOLS_LIST, result);
    }

    @Test
    void tools_that_are_not_granted_or_not_registered_are_not_listed() {
        Filtering.Filtered left =
                filtered(
                        McpWorld.pins(),
                        list(
                                McpWorld.definition("read_note", "Reads"),
                                McpWorld.definition("delete_note", "Deletes"),
                                McpWorld.definition("new_tool", "New")));

        assertEquals(
                "{\"tools\":[{\"name\":\"read_note\",\"description\":\"Reads\"}],\"nextCursor\":\"c\",\"cacheScope\":\"private\"}",
                left.result().text());
        assertEquals(List.of(), left.changed());
    }

    @Test
    void a_changed_definition_is_hidden_and_told_whoever_looks() {
        Json.Obj changed = McpWorld.definition("delete_note", "Deletes everything");
        Filtering.Filtered left =
                filtered(
                        McpWorld.pins(), list(McpWorld.definition("read_note", "Reads!"), changed));

        assertEquals("[]", tools(left));
        assertEquals(
                List.of("read_note", "delete_note"),
                left.changed().stream().map(Filtering.Changed::tool).toList());
    }

    @Test
    void what_waits_for_an_operator_stays_hidden_even_if_it_is_as_before() {
        var waiting = new Pins(McpWorld.pins().accepted(), Map.of("read_note", "x"), Map.of());

        Filtering.Filtered left =
                filtered(waiting, list(McpWorld.definition("read_note", "Reads")));

        assertEquals("[]", tools(left));
        assertEquals(List.of(), left.changed());
    }

    @Test
    void of_two_tools_of_one_name_none_is_listed() {
        Filtering.Filtered left =
                filtered(
                        McpWorld.pins(),
                        list(
                                McpWorld.definition("read_note", "Reads"),
                                McpWorld.definition("read_note", "Reads")));

        assertEquals("[]", tools(left));
    }

    @Test
    void what_is_no_list_becomes_an_empty_one() {
        for (Json odd : List.of(Json.of("x"), Json.object().put("tools", "x").build())) {
            assertEquals("{\"tools\":[]}", filtered(McpWorld.pins(), odd).result().text());
        }
    }

    @Test
    void every_part_that_a_model_reads_is_pinned() {
        Json.Obj before = McpWorld.definition("a", "A");
        String hash = Pins.hash(before);

        for (String part : List.of("title", "inputSchema", "outputSchema", "annotations")) {
            var members = new java.util.LinkedHashMap<>(before.members());
            members.put(part, Json.object().put("x", 1).build());
            org.junit.jupiter.api.Assertions.assertNotEquals(
                    hash, Pins.hash(Json.obj(members)), part);
        }
        var other = new java.util.LinkedHashMap<>(before.members());
        other.put("_meta", Json.object().build());
        assertEquals(hash, Pins.hash(Json.obj(other)));
    }
}
