package dev.daypass.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.permission.PathTemplate;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the slots of one operation: the path item's parameters, then the operation's own, which
/// replace them, then the members of a JSON body, then the path's variables that nobody described.
final class Slots {
    static final int SLOTS_MAX = 500;
    static final int NAME_CHARS_MAX = 200;
    static final int DESCRIPTION_CHARS_MAX = 500;

    // OpenAPI 3.0 and 3.1, Parameter Object: definitions of these headers are ignored.
    private static final Set<String> IGNORED_HEADERS =
            Set.of("accept", "content-type", "authorization");

    private final OpenApiParts parts;
    private final PathTemplate path;
    private final String where;
    private final SequencedMap<String, Parameter> slots = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    /// @param where how notes name the operation: `GET /offers`
    Slots(OpenApiParts parts, PathTemplate path, String where) {
        this.parts = parts;
        this.path = path;
        this.where = where;
    }

    /// Adds the members of a `parameters` list, if there is one.
    void addAll(@Nullable JsonNode parameters) {
        if (parameters == null) {
            return;
        }
        if (!parameters.isArray()) {
            parts.notes().add(where + " parameters", "are not a list");
            return;
        }
        int index = 0;
        for (JsonNode parameter : parameters) {
            String at = "%s parameters[%d]".formatted(where, index++);
            switch (parts.references().follow(parameter)) {
                case References.Target.Lost(var why) -> parts.notes().add(at, why);
                case References.Target.Found(ObjectNode node) -> add(at, node);
            }
        }
    }

    private void add(String at, ObjectNode node) {
        String name = node.path("name").asText("");
        names.add(name);
        String in = node.path("in").asText("");
        switch (in) {
            case "path" -> described(Place.PATH, name, node);
            case "query" -> described(Place.QUERY, name, node);
            case "header" -> header(name, node);
            case "cookie" ->
                    parts.notes().add(where + " cookie." + name, "cookies never reach the service");
            default ->
                    parts.notes()
                            .add(
                                    at,
                                    "travels in `%s`; known: path, query, header, cookie"
                                            .formatted(PlainText.clip(in, 40)));
        }
    }

    private void header(String name, ObjectNode node) {
        if (IGNORED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            parts.notes()
                    .add(where + " header." + name, "openapi ignores this header's definition");
            return;
        }
        described(Place.HEADER, name, node);
    }

    private void described(Place place, String name, ObjectNode node) {
        String at = where + " " + place.name().toLowerCase(Locale.ROOT) + "." + name;
        var parameter = parts.pieces().parameter(node);
        if (parameter == null) {
            parts.notes().add(at, "is not a parameter that the parser can read");
        } else if (place == Place.PATH && !path.variables().contains(name)) {
            parts.notes().add(at, "the path has no such variable");
        } else {
            boolean required = place == Place.PATH || Boolean.TRUE.equals(parameter.getRequired());
            Schema<?> schema = parameter.getSchema();
            String type = schema == null ? "string" : wireType(place, parameter, schema);
            put(
                    at,
                    new Slot(
                            place, name, required, text(parameter.getDescription()), type, schema));
        }
    }

    // Only `explode` repeats a query parameter; otherwise a list travels as one text with commas.
    private String wireType(
            Place place,
            io.swagger.v3.oas.models.parameters.Parameter parameter,
            Schema<?> schema) {
        String type = parts.schemas().type(schema);
        boolean repeats = place == Place.QUERY && Boolean.TRUE.equals(parameter.getExplode());
        return type.equals("array") && !repeats ? "string" : type;
    }

    private record Slot(
            Place place,
            String name,
            boolean required,
            String description,
            String type,
            @Nullable Schema<?> schema) {}

    private void put(String at, Slot slot) {
        if (!PlainText.exact(slot.name(), NAME_CHARS_MAX)) {
            parts.notes().add(at, "its name is empty, too long or not plain text");
            return;
        }
        if (slots.size() >= SLOTS_MAX) {
            parts.notes().add(at, "more than %d slots".formatted(SLOTS_MAX));
            return;
        }
        Schema<?> schema = slot.schema();
        Set<String> losses = schema == null ? Set.of() : parts.schemas().losses(schema);
        if (!losses.isEmpty()) {
            losses.forEach(why -> parts.notes().add(at, why));
            return;
        }
        var parameter =
                new Parameter(
                        slot.place(),
                        slot.name(),
                        slot.required(),
                        slot.type(),
                        schema == null ? List.of() : choices(at, schema),
                        PlainText.clip(slot.description(), DESCRIPTION_CHARS_MAX),
                        schema != null && slot.type().equals("array")
                                ? parts.schemas().items(schema)
                                : "");
        parts.spend(parameter);
        slots.put(parameter.slot(), parameter);
    }

    private List<Parameter.Choice> choices(String at, Schema<?> schema) {
        return switch (parts.choices().of(schema)) {
            case Choices.Listed.Some(var choices) -> choices;
            case Choices.Listed.Open _ -> List.of();
            case Choices.Listed.Unfit(var why) -> {
                parts.notes().add(at, why);
                yield List.of();
            }
        };
    }

    /// Adds a slot for each top-level member of a request body's JSON schema, if there is one.
    void addBody(@Nullable JsonNode requestBody) {
        if (requestBody == null) {
            return;
        }
        String at = where + " body";
        switch (parts.references().follow(requestBody)) {
            case References.Target.Lost(var why) -> parts.notes().add(at, why);
            case References.Target.Found(ObjectNode node) -> body(at, node);
        }
    }

    private void body(String at, ObjectNode node) {
        var body = parts.pieces().body(node);
        if (body == null || body.getContent() == null) {
            parts.notes().add(at, "is not a request body that the parser can read");
            return;
        }
        var others = new ArrayList<String>();
        boolean required = Boolean.TRUE.equals(body.getRequired());
        boolean taken = false;
        for (var content : body.getContent().entrySet()) {
            if (!json(content.getKey())) {
                others.add(content.getKey());
            } else if (!taken) {
                taken = true;
                members(at, required, content.getValue().getSchema());
            }
        }
        if (!others.isEmpty()) {
            parts.notes()
                    .add(
                            at,
                            "no slots for `%s`; only json has slots"
                                    .formatted(String.join("`, `", others)));
        }
    }

    /// `application/json`, anything `+json`, and the ranges that include them.
    private static boolean json(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json")
                || type.endsWith("+json")
                || type.equals("*/*")
                || type.equals("application/*");
    }

    private void members(String at, boolean bodyRequired, @Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (parts.schemas().resolve(schema) instanceof Schemas.Resolved.Lost(var why)) {
            parts.notes().add(at, why);
            return;
        }
        if (!parts.schemas().type(schema).equals("object")) {
            parts.notes().add(at, "no slots for a body that is not an object");
        }
        var members = parts.schemas().properties(schema, why -> parts.notes().add(at, why));
        members.forEach((name, member) -> {
            names.add(name);
            Schema<?> value = member.schema();
            put(
                    where + " body." + name,
                    new Slot(
                            Place.BODY,
                            name,
                            bodyRequired && member.required(),
                            text(parts.schemas().description(value)),
                            parts.schemas().type(value),
                            value));
        });
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// Everything collected, and a slot for each variable of the path that nobody described.
    List<Parameter> all() {
        var out = new ArrayList<>(slots.values());
        for (String variable : path.variables()) {
            var slot = new Parameter(Place.PATH, variable, true, "string", List.of(), "");
            if (!slots.containsKey(slot.slot())) {
                out.add(slot);
            }
        }
        return out;
    }

    /// The names of all parameters and members, those included that got no slot.
    List<String> names() {
        return List.copyOf(names);
    }
}
