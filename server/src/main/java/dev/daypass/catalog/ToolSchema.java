package dev.daypass.catalog;

import dev.daypass.permission.Parameter;
import dev.daypass.permission.Parameter.Choice;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The input schema of one tool as slots of a JSON body. References are followed inside the schema
/// only; what leads nowhere or in a circle is left out with a note.
final class ToolSchema {
    private static final int HOPS_MAX = 32;
    private static final int DEPTH_MAX = 8;
    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object");

    private final Json root;
    private final String where;
    private final List<OpenApiImport.Skipped> skipped;
    private final Map<String, Json> properties = new LinkedHashMap<>();
    private final Set<String> required = new TreeSet<>();

    /// @param root the schema
    /// @param where how notes name the tool
    /// @param skipped is told of what is left out
    ToolSchema(Json root, String where, List<OpenApiImport.Skipped> skipped) {
        this.root = root;
        this.where = where;
        this.skipped = skipped;
        collect(root, 0);
    }

    private void collect(Json given, int depth) {
        Json schema = follow(given);
        if (schema == null || depth > DEPTH_MAX) {
            skip("inputSchema", "leads nowhere, in a circle or too deep");
            return;
        }
        if (ToolsImport.member(schema, "properties") instanceof Json.Obj(var members)) {
            members.forEach(properties::putIfAbsent);
        }
        strings(ToolsImport.member(schema, "required")).forEach(required::add);
        if (ToolsImport.member(schema, "allOf") instanceof Json.Arr(var parts)) {
            parts.stream().limit(DEPTH_MAX).forEach(part -> collect(part, depth + 1));
        }
    }

    /// The names of all properties, those included that get no slot.
    List<String> names() {
        return List.copyOf(properties.keySet());
    }

    List<Parameter> parameters() {
        var out = new ArrayList<Parameter>();
        properties.forEach((name, given) -> {
            Json schema = follow(given);
            if (!PlainText.exact(name, Slots.NAME_CHARS_MAX)) {
                skip(name, "its name is empty, too long or not plain text");
            } else if (out.size() >= Slots.SLOTS_MAX) {
                skip(name, "more than %d slots".formatted(Slots.SLOTS_MAX));
            } else if (schema == null) {
                skip(name, "`$ref` leads nowhere, in a circle or out of the schema");
            } else {
                out.add(parameter(name, schema));
            }
        });
        return out;
    }

    private Parameter parameter(String name, Json schema) {
        return new Parameter(
                Parameter.Place.BODY,
                name,
                required.contains(name),
                type(schema),
                choices(schema),
                PlainText.clip(
                        ToolsImport.text(schema, "description"), Slots.DESCRIPTION_CHARS_MAX));
    }

    private void skip(String what, String why) {
        skipped.add(new OpenApiImport.Skipped(where + " body." + PlainText.clip(what, 80), why));
    }

    /// The schema after its references; `null` where they lead nowhere.
    private @Nullable Json follow(Json given) {
        Json at = given;
        for (int hop = 0; hop <= HOPS_MAX; hop++) {
            String reference = ToolsImport.text(at, "$ref");
            if (reference.isEmpty()) {
                return at instanceof Json.Obj ? at : null;
            }
            Json next = look(reference);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return null;
    }

    private @Nullable Json look(String reference) {
        if (!reference.startsWith("#/")) {
            return reference.equals("#") ? root : null;
        }
        Json at = root;
        for (String step : reference.substring(2).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (!(at instanceof Json.Obj(var members)) || !members.containsKey(name)) {
                return null;
            }
            at = members.get(name);
        }
        return at;
    }

    /// The JSON type: `string` where the schema leaves it open.
    private String type(Json schema) {
        var found = new TreeSet<String>();
        types(schema, 0, found);
        found.retainAll(TYPES);
        return found.size() == 1 ? found.first() : "string";
    }

    private void types(Json schema, int depth, Set<String> out) {
        switch (ToolsImport.member(schema, "type")) {
            case Json.Str(var type) -> out.add(type);
            case Json.Arr several -> out.addAll(strings(several));
            case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> {
                for (Json variant : variants(schema)) {
                    Json target = depth < DEPTH_MAX ? follow(variant) : null;
                    if (target != null) {
                        types(target, depth + 1, out);
                    }
                }
            }
        }
    }

    private static List<Json> variants(Json schema) {
        var out = new ArrayList<Json>();
        for (String several : List.of("anyOf", "oneOf")) {
            if (ToolsImport.member(schema, several) instanceof Json.Arr(var items)) {
                out.addAll(items.subList(0, Math.min(items.size(), DEPTH_MAX)));
            }
        }
        return out;
    }

    /// The values that are listed for it, or for its items; empty where others are taken too.
    private List<Choice> choices(Json schema) {
        if (ToolsImport.member(schema, "enum") instanceof Json.Arr(var values)) {
            return values.size() > Choices.CHOICES_MAX ? List.of() : choices(values);
        }
        Json constant = ToolsImport.member(schema, "const");
        if (!(constant instanceof Json.Obj)) {
            return choices(List.of(constant));
        }
        Json items = follow(ToolsImport.member(schema, "items"));
        return items != null && ToolsImport.member(items, "enum") instanceof Json.Arr(var values)
                ? values.size() > Choices.CHOICES_MAX ? List.of() : choices(values)
                : List.of();
    }

    private static List<Choice> choices(List<Json> values) {
        var out = new ArrayList<Choice>();
        for (Json value : values) {
            String text = value instanceof Json.Str(var string) ? string : value.text();
            if (!PlainText.exact(text, Choices.VALUE_CHARS_MAX)) {
                return List.of();
            }
            if (!(value instanceof Json.Null)) {
                out.add(new Choice(text, text));
            }
        }
        return out;
    }

    private static List<String> strings(Json json) {
        var out = new ArrayList<String>();
        if (json instanceof Json.Arr(var items)) {
            for (Json item : items) {
                if (item instanceof Json.Str(var text)) {
                    out.add(text);
                }
            }
        }
        return out;
    }
}
