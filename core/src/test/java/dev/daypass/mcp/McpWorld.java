package dev.daypass.mcp;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Surface;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A server with two tools, documents and prompts, and accounts that may use some of it.
final class McpWorld {
    static final ServiceId SERVICE = new ServiceId("notes");
    static final Operation READ_NOTE = tool("read_note");
    static final Operation DELETE_NOTE = tool("delete_note");
    static final Operation DOCUMENTS = operation(Offer.READ, HttpMethod.GET, Offer.READ_PATH);
    static final Operation PROMPTS = operation(Offer.PROMPT, HttpMethod.GET, Offer.PROMPT_PATH);
    static final Operation SAMPLING =
            operation(
                    "sampling/createMessage",
                    HttpMethod.POST,
                    Offer.CLIENT_PATHS.getOrDefault("sampling/createMessage", ""));

    private McpWorld() {}

    private static Operation tool(String name) {
        return operation(name, HttpMethod.POST, Operation.TOOLS + name);
    }

    private static Operation operation(String name, HttpMethod method, String path) {
        return new Operation(
                new OperationId(SERVICE, name),
                method,
                PathTemplate.parse(path),
                Set.of(Trait.READ),
                List.of(),
                "",
                List.of());
    }

    static Permission permission(Operation operation, Map<String, Constraint> bounds) {
        return Permission.of(operation, bounds);
    }

    static Json.Obj definition(String name, String description) {
        return Json.object().put("name", name).put("description", description).build();
    }

    static Pins pins() {
        return new Pins(
                Map.of(
                        "read_note", Pins.hash(definition("read_note", "Reads")),
                        "delete_note", Pins.hash(definition("delete_note", "Deletes"))),
                Map.of(),
                Map.of());
    }

    static Judging judging(Pins pins, Permission... granted) {
        return new Judging(
                new Offer.Reach(
                        SERVICE,
                        Grant.of(Stream.of(granted).toList()),
                        Surface.of(List.of(READ_NOTE, DELETE_NOTE, DOCUMENTS, PROMPTS, SAMPLING)),
                        pins));
    }
}
