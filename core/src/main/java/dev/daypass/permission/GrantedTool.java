package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// One operation of a grant as a tool: what a language model must know to call it, and what a
/// client must know to make the call.
///
/// @param name of the tool; unique in its grant, and one that every model's interface takes
/// @param operation that it calls
/// @param description our words, and in quotes the service's own, which are data
/// @param schema of its arguments, an object (JSON Schema 2020-12)
/// @param arguments by name, where each one travels
public record GrantedTool(
        String name,
        Operation operation,
        String description,
        Json.Obj schema,
        SequencedMap<String, Argument> arguments) {
    /// Where an argument travels.
    ///
    /// @param place part of the request
    /// @param name there, as on the wire
    public record Argument(Parameter.Place place, String name) {
        private Json toJson() {
            return Json.object()
                    .put("in", place.name().toLowerCase(Locale.ROOT))
                    .put("name", name)
                    .build();
        }
    }

    public GrantedTool {
        arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
    }

    /// In the shape of a tool of MCP (2025-11-25, server/tools), with what a client needs to call
    /// it beside that.
    public Json.Obj toJson() {
        var places = Json.object();
        for (Map.Entry<String, Argument> argument : arguments.entrySet()) {
            places.put(argument.getKey(), argument.getValue().toJson());
        }
        return Json.object()
                .put("name", name)
                .put("description", description)
                .put("inputSchema", schema)
                .put("annotations", annotations())
                .put("service", operation.id().service().value())
                .put("operation", operation.name())
                .put("method", operation.method().name())
                .put("path", operation.path().toString())
                .put("arguments", places.build())
                .build();
    }

    private Json.Obj annotations() {
        boolean destroys = operation.traits().contains(Trait.DELETE);
        boolean reads = !destroys && !operation.traits().contains(Trait.WRITE);
        return Json.object().put("readOnlyHint", reads).put("destructiveHint", destroys).build();
    }
}
