package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A slow and obvious judge of the keywords that tools use (JSON Schema 2020-12).
final class SchemaCheck {
    private SchemaCheck() {}

    static boolean fits(Json schema, Json value) {
        return switch (schema) {
            case Json.Bool(var all) -> all;
            case Json.Obj(var keywords) ->
                    keywords.entrySet().stream().allMatch(k -> holds(k, value));
            case Json _ -> throw new IllegalArgumentException("no schema: " + schema.text());
        };
    }

    private static boolean holds(Map.Entry<String, Json> keyword, Json value) {
        Json of = keyword.getValue();
        return switch (keyword.getKey()) {
            case "type" -> type(((Json.Str) of).value(), value);
            case "const" -> of.equals(value);
            case "enum" -> ((Json.Arr) of).items().contains(value);
            case "minimum" ->
                    !(value instanceof Json.Num(var n))
                            || n.compareTo(((Json.Num) of).value()) >= 0;
            case "maximum" ->
                    !(value instanceof Json.Num(var n))
                            || n.compareTo(((Json.Num) of).value()) <= 0;
            case "minLength" -> !(value instanceof Json.Str(var s)) || length(s) >= whole(of);
            case "maxLength" -> !(value instanceof Json.Str(var s)) || length(s) <= whole(of);
            case "pattern" -> !(value instanceof Json.Str(var s)) || ecma(of).matcher(s).find();
            case "not" -> !fits(of, value);
            case "allOf" -> ((Json.Arr) of).items().stream().allMatch(s -> fits(s, value));
            case "items" ->
                    !(value instanceof Json.Arr(var items))
                            || items.stream().allMatch(i -> fits(of, i));
            case "minItems" -> !(value instanceof Json.Arr(var items)) || items.size() >= whole(of);
            case "properties" ->
                    !(value instanceof Json.Obj(var members))
                            || members.entrySet().stream()
                                    .allMatch(m -> property((Json.Obj) of, m));
            case "required" ->
                    !(value instanceof Json.Obj(var members))
                            || ((Json.Arr) of)
                                    .items().stream()
                                            .allMatch(n ->
                                                    members.containsKey(((Json.Str) n).value()));
            case "additionalProperties", "description" -> true;
            default -> throw new IllegalArgumentException("keyword " + keyword.getKey());
        };
    }

    private static boolean property(Json.Obj properties, Map.Entry<String, Json> member) {
        Json schema = properties.members().get(member.getKey());
        return schema == null || fits(schema, member.getValue());
    }

    // Of the two ends that Java knows, ECMA-262 means the very end.
    private static Pattern ecma(Json pattern) {
        return Pattern.compile(((Json.Str) pattern).value().replaceAll("(?<!\\\\)\\$", "\\\\z"));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int whole(Json number) {
        return ((Json.Num) number).value().intValueExact();
    }

    private static boolean type(String name, Json value) {
        return switch (value) {
            case Json.Str _ -> name.equals("string");
            case Json.Bool _ -> name.equals("boolean");
            case Json.Num(var n) ->
                    name.equals("number")
                            || (name.equals("integer") && n.stripTrailingZeros().scale() <= 0);
            case Json.Arr _ -> name.equals("array");
            case Json.Obj _ -> name.equals("object");
            case Json.Null _ -> List.of("null").contains(name);
        };
    }
}
