package dev.daypass.catalog;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Parameter.Choice;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Operations as they are stored. Members that say nothing are left out: an empty summary, a
/// parameter of type string, a choice whose label is its value.
///
/// What [#write(List)] writes, [#read(Json)] reads back equal; anything else is refused.
public final class CatalogJson {
    private static final long VERSION = 1;
    private static final String PINS = "pins";
    private static final String HEADERS = "headers";

    private CatalogJson() {}

    public static Json write(List<Operation> operations) {
        return Json.object()
                .put("v", VERSION)
                .put("operations", Json.array(operations.stream().map(CatalogJson::one).toList()))
                .build();
    }

    /// @param pins the hash of each tool's definition, of an MCP server
    /// @param headers of each tool, the arguments that are repeated in header fields
    public static Json write(
            List<Operation> operations,
            Map<String, String> pins,
            Map<String, Map<String, String>> headers) {
        var members = new LinkedHashMap<>(((Json.Obj) write(operations)).members());
        members.put(PINS, texts(pins));
        if (!headers.isEmpty()) {
            var fields = Json.object();
            new TreeMap<>(headers).forEach((tool, of) -> fields.put(tool, texts(of)));
            members.put(HEADERS, fields.build());
        }
        return Json.obj(members);
    }

    private static Json.Obj texts(Map<String, String> of) {
        var out = Json.object();
        new TreeMap<>(of).forEach(out::put);
        return out.build();
    }

    /// The hash of each tool's definition; `null` where it is not of an MCP server.
    public static @Nullable Map<String, String> pins(Json json) {
        return json instanceof Json.Obj(var members) && members.containsKey(PINS)
                ? texts(members.get(PINS))
                : null;
    }

    /// Of each tool, the arguments that are repeated in header fields.
    public static Map<String, Map<String, String>> headers(Json json) {
        var out = new HashMap<String, Map<String, String>>();
        if (json instanceof Json.Obj(var members)
                && members.get(HEADERS) instanceof Json.Obj(var tools)) {
            tools.forEach((tool, fields) -> out.put(tool, texts(fields)));
        }
        return Map.copyOf(out);
    }

    private static Map<String, String> texts(@Nullable Json json) {
        if (!(json instanceof Json.Obj object)) {
            throw new WireException("pins and headers are objects of texts");
        }
        JsonFields fields = JsonFields.of(object);
        var out = new HashMap<String, String>();
        object.members().keySet().forEach(name -> out.put(name, fields.string(name)));
        return Map.copyOf(out);
    }

    /// @throws WireException if it is not what [#write(List)] or [#write(List, Map, Map)] writes
    public static List<Operation> read(Json json) {
        JsonFields fields = JsonFields.of(json);
        long version = fields.longValue("v");
        if (version != VERSION) {
            throw new WireException(
                    "catalog of version %d; expected %d".formatted(version, VERSION));
        }
        List<Json> items = fields.items("operations");
        pins(json);
        headers(json);
        fields.take(PINS);
        fields.take(HEADERS);
        fields.end();
        return items.stream().map(CatalogJson::operation).toList();
    }

    private static Json one(Operation operation) {
        List<String> traits = operation.traits().stream().sorted().map(Trait::word).toList();
        return Json.object()
                .put("id", operation.id().toString())
                .put("method", operation.method().name())
                .put("path", operation.path().toString())
                .put("traits", Json.strings(traits))
                .put("parameters", parameters(operation.parameters()))
                .put("summary", operation.summary().isEmpty() ? null : operation.summary())
                .put("tags", operation.tags().isEmpty() ? null : Json.strings(operation.tags()))
                .build();
    }

    private static Json.@Nullable Arr parameters(List<Parameter> all) {
        return all.isEmpty() ? null : Json.array(all.stream().map(CatalogJson::parameter).toList());
    }

    private static Json parameter(Parameter parameter) {
        List<Json> choices = parameter.choices().stream().map(CatalogJson::choice).toList();
        return Json.object()
                .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                .put("name", parameter.name())
                .put("required", parameter.required() ? Json.of(true) : null)
                .put("type", parameter.type().equals("string") ? null : parameter.type())
                .put("items", parameter.items().isEmpty() ? null : parameter.items())
                .put("choices", choices.isEmpty() ? null : Json.array(choices))
                .put("about", parameter.description().isEmpty() ? null : parameter.description())
                .build();
    }

    private static Json choice(Choice choice) {
        return choice.label().equals(choice.value())
                ? Json.of(choice.value())
                : Json.strings(List.of(choice.value(), choice.label()));
    }

    private static Operation operation(Json json) {
        JsonFields fields = JsonFields.of(json);
        String name = fields.string("id");
        try {
            Operation operation =
                    new Operation(
                            id(name),
                            method(fields.string("method")),
                            PathTemplate.parse(fields.string("path")),
                            traits(fields.strings("traits")),
                            parametersOf(fields.items("parameters")),
                            text(fields, "summary"),
                            fields.strings("tags"));
            fields.end();
            return operation;
        } catch (IllegalArgumentException e) {
            throw new WireException(
                    "operation `%s`: %s".formatted(PlainText.clip(name, 80), e.getMessage()));
        }
    }

    // A service's name has no dot; the first one ends it.
    private static OperationId id(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("its id has no dot; expected `service.name`");
        }
        return new OperationId(new ServiceId(text.substring(0, dot)), text.substring(dot + 1));
    }

    private static HttpMethod method(String name) {
        return HttpMethod.of(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown method in a catalog"));
    }

    private static Set<Trait> traits(List<String> words) {
        var out = EnumSet.noneOf(Trait.class);
        words.forEach(word -> out.add(Trait.of(word)));
        return out;
    }

    private static List<Parameter> parametersOf(List<Json> items) {
        var out = new ArrayList<Parameter>();
        for (Json item : items) {
            JsonFields fields = JsonFields.of(item);
            String type = text(fields, "type");
            out.add(
                    new Parameter(
                            place(fields.string("in")),
                            fields.string("name"),
                            fields.booleanOr("required", false),
                            type.isEmpty() ? "string" : type,
                            fields.items("choices").stream().map(CatalogJson::choiceOf).toList(),
                            text(fields, "about"),
                            text(fields, "items")));
            fields.end();
        }
        return out;
    }

    private static String text(JsonFields fields, String name) {
        String value = fields.stringOrNull(name);
        return value == null ? "" : value;
    }

    private static Place place(String word) {
        for (Place place : Place.values()) {
            if (place.name().toLowerCase(Locale.ROOT).equals(word)) {
                return place;
            }
        }
        throw new IllegalArgumentException("unknown place; known: path, query, header, body");
    }

    private static Choice choiceOf(Json json) {
        return switch (json) {
            case Json.Str(var value) -> new Choice(value, value);
            case Json.Arr(var pair)
                    when pair.size() == 2
                            && pair.get(0) instanceof Json.Str(var value)
                            && pair.get(1) instanceof Json.Str(var label) ->
                    new Choice(value, label);
            case Json.Arr _, Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ ->
                    throw new WireException("a choice is a string or a pair of strings");
        };
    }
}
