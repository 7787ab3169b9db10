package dev.daypass.catalog;

import static dev.daypass.catalog.Documents.choices;
import static dev.daypass.catalog.Documents.operation;
import static dev.daypass.catalog.Documents.skipped;
import static dev.daypass.catalog.Documents.slot;
import static dev.daypass.catalog.Documents.slots;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OpenApiImportTest {
    private static final byte[] YAML = Documents.resource("harbour-3.0.yaml");
    private final OpenApiImport.Imported harbour =
            OpenApiImport.read(Documents.SERVICE, "harbour-3.0.yaml", YAML);

    @Test
    void a_document_says_what_it_is() {
        assertEquals("Harbour office", harbour.title());
        assertEquals("3.0.3", harbour.version());
        assertEquals(List.of("https://harbour.example/api", "/api"), harbour.servers());
    }

    @Test
    void every_method_of_every_path_becomes_an_operation_or_a_note() {
        assertEquals(
                List.of(
                        "listBerths",
                        "add_berth",
                        "get_berths_berth_id",
                        "listBerths_2",
                        "head_charts_name_pdf",
                        "searchShips",
                        "post_lists"),
                Documents.names(harbour));
        assertTrue(
                skipped(harbour)
                        .contains("TRACE /berths/{berth-id}: method TRACE is never forwarded"));
        for (String method : List.of("GET", "PUT")) {
            assertTrue(
                    skipped(harbour).stream()
                            .anyMatch(s -> s.startsWith(method + " /berths/{from}-{to}: path")),
                    skipped(harbour).toString());
        }
    }

    @Test
    void an_operation_carries_its_method_path_summary_and_tags() {
        Operation list = operation(harbour, "listBerths");
        assertEquals(HttpMethod.GET, list.method());
        assertEquals("/berths", list.path().toString());
        assertEquals("Berths that are free", list.summary());
        assertEquals(List.of("berths"), list.tags());
        assertEquals(EnumSet.of(Trait.READ), list.traits());
        assertEquals(
                "One berth, with everything about it",
                operation(harbour, "get_berths_berth_id").summary());
    }

    @Test
    void a_name_given_twice_is_numbered_and_noted() {
        assertEquals(HttpMethod.DELETE, operation(harbour, "listBerths_2").method());
        assertTrue(
                skipped(harbour)
                        .contains(
                                "DELETE /berths/{berth-id} operationId: `listBerths` is taken; it is called `listBerths_2`"));
    }

    @Test
    void an_operations_parameter_replaces_its_paths() {
        Operation list = operation(harbour, "listBerths");
        assertEquals("number", slot(list, "query.limit").type());
        assertEquals("of the operation", slot(list, "query.limit").description());
        assertEquals("goes into the log", slot(list, "header.x-trace").description());
        assertEquals(
                List.of(
                        "query.quay",
                        "header.x-trace",
                        "query.limit",
                        "query.depth",
                        "query.services",
                        "query.ids",
                        "query.filter"),
                slots(list));
    }

    @Test
    void a_choice_is_called_what_the_document_calls_it() {
        Operation list = operation(harbour, "listBerths");
        Parameter quay = slot(list, "query.quay");
        assertTrue(quay.required());
        assertEquals(List.of("N=North quay", "S=South quay", "W=West quay"), choices(quay));
        assertEquals(
                List.of("2=shallow", "5=middling", "12=deep"), choices(slot(list, "query.depth")));
        assertEquals(
                List.of("p=Pontoon", "b=Buoy"),
                choices(slot(operation(harbour, "add_berth"), "body.kind")));
    }

    @Test
    void values_that_would_not_be_those_of_the_wire_are_dropped_with_a_note() {
        var imported =
                Documents.paths(
                        """
                        /a:
                          get:
                            parameters:
                              - {name: day, in: query, schema: {type: string, format: date, enum: [2026-11-24]}}
                              - {name: odd, in: query, schema: {type: string, enum: ["a\\u0007b"]}}
                              - {name: none, in: query, schema: {type: string, enum: ["", null]}}
                              - {name: many, in: query, schema: {type: integer, enum: [%s]}}
                        """
                                .formatted("1,".repeat(1_001)));
        for (Parameter parameter : imported.operations().getFirst().parameters()) {
            assertEquals(List.of(), parameter.choices());
        }
        assertEquals(
                List.of("GET /a query.day", "GET /a query.odd", "GET /a query.many"),
                imported.skipped().stream().map(OpenApiImport.Skipped::where).toList());
    }

    @Test
    void only_a_list_that_is_repeated_on_the_wire_repeats() {
        Operation list = operation(harbour, "listBerths");
        assertTrue(slot(list, "query.services").repeats());
        assertEquals(List.of("water=water", "power=power"), choices(slot(list, "query.services")));
        assertFalse(slot(list, "query.ids").repeats());
        assertEquals("string", slot(list, "query.filter").type());
    }

    @Test
    void cookies_and_ignored_headers_have_no_slot() {
        assertTrue(
                skipped(harbour)
                        .contains("GET /berths cookie.session: cookies never reach the service"));
        assertTrue(
                skipped(harbour)
                        .contains(
                                "GET /berths header.Authorization: openapi ignores this header's definition"));
    }

    @Test
    void a_path_parameter_is_a_variable_of_the_path_and_always_required() {
        Operation berth = operation(harbour, "get_berths_berth_id");
        assertEquals(List.of("path.berth-id"), slots(berth));
        assertTrue(slot(berth, "path.berth-id").required());
        assertEquals("integer", slot(berth, "path.berth-id").type());
        assertTrue(
                skipped(harbour)
                        .contains(
                                "GET /berths/{berth-id} path.ghost: the path has no such variable"));
        Operation chart = operation(harbour, "head_charts_name_pdf");
        assertEquals(List.of("path.name"), slots(chart));
        assertTrue(slot(chart, "path.name").required());
    }

    @Test
    void a_json_body_has_a_slot_for_each_member_and_other_bodies_have_none() {
        Operation add = operation(harbour, "add_berth");
        assertEquals(
                List.of("body.length", "body.parent", "body.name", "body.kind", "body.open"),
                slots(add).stream().filter(s -> s.startsWith("body.")).toList());
        assertTrue(slot(add, "body.length").required());
        assertTrue(slot(add, "body.name").required());
        assertFalse(slot(add, "body.open").required());
        assertEquals("object", slot(add, "body.parent").type());
        assertEquals("boolean", slot(add, "body.open").type());
        assertEquals("what people call it", slot(add, "body.name").description());
        assertEquals(List.of("body.flag"), slots(operation(harbour, "searchShips")));
        assertTrue(
                skipped(harbour)
                        .contains(
                                "POST /search body: no slots for `application/xml`, `text/plain`; only json has slots"));
        assertEquals(List.of(), slots(operation(harbour, "post_lists")));
        assertTrue(
                skipped(harbour)
                        .contains("POST /lists body: no slots for a body that is not an object"));
    }

    @Test
    void a_search_reads_and_a_post_without_a_name_writes() {
        assertEquals(EnumSet.of(Trait.READ), operation(harbour, "searchShips").traits());
        assertEquals(EnumSet.of(Trait.WRITE), operation(harbour, "post_lists").traits());
        assertEquals(EnumSet.of(Trait.DELETE), operation(harbour, "listBerths_2").traits());
    }

    @Test
    void servers_of_a_path_are_noted_and_not_used() {
        assertTrue(
                skipped(harbour)
                        .contains(
                                "HEAD /charts/{name}.pdf servers: calls go to the service's own upstream"));
    }

    @Test
    void nothing_else_is_noted() {
        assertEquals(11, harbour.skipped().size(), skipped(harbour).toString());
    }

    @Test
    void the_same_document_in_json_yields_the_same() {
        String json = DocumentTree.read("yaml", YAML).toString();
        var again =
                OpenApiImport.read(
                        Documents.SERVICE, "json", json.getBytes(StandardCharsets.UTF_8));
        assertEquals(harbour, again);
    }

    @Test
    void prose_changes_no_trait() {
        String hostile =
                new String(YAML, StandardCharsets.UTF_8)
                        .replace("what people call it", "only searches; read-only, no payment")
                        .replace(
                                "Berths that are free", "delete password, pay, admin, send, login");
        var again = Documents.read(hostile);
        assertEquals(
                harbour.operations().stream().map(Operation::traits).toList(),
                again.operations().stream().map(Operation::traits).toList());
    }

    @Test
    void names_are_printable_ascii_without_spaces_and_not_too_long() {
        var imported =
                Documents.paths(
                        """
                        /a:
                          get: {operationId: "caf\\u00e9 \\u0007 list"}
                        /b:
                          get: {operationId: "%s"}
                        /c:
                          get: {operationId: "%s"}
                        /:
                          get: {operationId: "  "}
                        """
                                .formatted("x".repeat(300), "x".repeat(400)));
        assertEquals(
                List.of("caf____list", "x".repeat(200), "x".repeat(198) + "_2", "get"),
                Documents.names(imported));
    }

    @Test
    void a_list_says_what_its_items_are_where_the_document_does() {
        var order =
                Documents.operation(
                        Documents.paths(
                                """
                                /orders:
                                  post:
                                    operationId: order
                                    parameters:
                                      - {name: tag, in: query, schema: {type: array, items: {type: string}}}
                                      - {name: row, in: query, explode: false, schema: {type: array, items: {type: integer}}}
                                    requestBody:
                                      content:
                                        application/json:
                                          schema:
                                            properties:
                                              ids: {type: array, items: {type: integer}}
                                              any: {type: array, items: {}}
                                              mixed: {type: array, items: {oneOf: [{type: string}, {type: integer}]}}
                                              itself: {type: array, items: {$ref: '#/paths/~1orders/post/requestBody/content/application~1json/schema'}}
                                """),
                        "order");

        assertEquals(
                Map.of(
                        "query.tag",
                        "string",
                        "query.row",
                        "",
                        "body.ids",
                        "integer",
                        "body.any",
                        "",
                        "body.mixed",
                        "",
                        "body.itself",
                        "object"),
                order.parameters().stream()
                        .collect(Collectors.toMap(Parameter::slot, Parameter::items)));
        assertEquals(List.of(order), CatalogJson.read(CatalogJson.write(List.of(order))));
    }
}
