package dev.daypass.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes a JSON object apart member by member; [#end()] refuses what nobody took. Every error names
/// the member, what it was and what was expected.
public final class JsonFields {
    private static final int NAME_CHARS_SHOWN = 40;

    private final String path;
    private final Json.Obj object;
    private final Set<String> taken = new HashSet<>();

    private JsonFields(String path, Json.Obj object) {
        this.path = path;
        this.object = object;
    }

    /// @throws WireException if `value` is not an object
    public static JsonFields of(Json value) {
        return of("", value);
    }

    private static JsonFields of(String path, Json value) {
        if (value instanceof Json.Obj object) {
            return new JsonFields(path, object);
        }
        throw expected(path.isEmpty() ? "body" : path, "an object", value);
    }

    public String string(String name) {
        String value = stringOrNull(name);
        if (value == null) {
            throw new WireException("`%s` is missing; expected a string".formatted(at(name)));
        }
        return value;
    }

    public @Nullable String stringOrNull(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Str(var value) -> value;
            case Json other -> throw expected(at(name), "a string", other);
        };
    }

    public @Nullable Long longOrNull(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Num(var value) -> exactLong(name, value);
            case Json other -> throw expected(at(name), "a whole number", other);
        };
    }

    public long longValue(String name) {
        Long value = longOrNull(name);
        if (value == null) {
            throw new WireException("`%s` is missing; expected a whole number".formatted(at(name)));
        }
        return value;
    }

    public boolean booleanOr(String name, boolean otherwise) {
        return switch (take(name)) {
            case null -> otherwise;
            case Json.Bool(var value) -> value;
            case Json other -> throw expected(at(name), "true or false", other);
        };
    }

    /// The strings of an array; empty where the member is missing.
    public List<String> strings(String name) {
        var out = new ArrayList<String>();
        for (Json item : items(name)) {
            if (!(item instanceof Json.Str(var value))) {
                throw expected("%s[%d]".formatted(at(name), out.size()), "a string", item);
            }
            out.add(value);
        }
        return out;
    }

    /// The items of an array; empty where the member is missing.
    public List<Json> items(String name) {
        return switch (take(name)) {
            case null -> List.of();
            case Json.Arr(var items) -> items;
            case Json other -> throw expected(at(name), "an array", other);
        };
    }

    public @Nullable JsonFields objectOrNull(String name) {
        Json value = take(name);
        return value == null ? null : of(at(name), value);
    }

    /// Takes a member as it is. JSON's `null` counts as missing.
    public @Nullable Json take(String name) {
        taken.add(name);
        Json value = object.members().get(name);
        return value instanceof Json.Null ? null : value;
    }

    public Set<String> names() {
        return object.members().keySet();
    }

    /// @throws WireException naming the first member that was not taken
    public void end() {
        for (String name : object.members().keySet()) {
            if (!taken.contains(name)) {
                throw new WireException(
                        "unknown member `%s`; known: %s"
                                .formatted(
                                        at(Shown.clipped(name, NAME_CHARS_SHOWN)),
                                        String.join(", ", taken.stream().sorted().toList())));
            }
        }
    }

    private long exactLong(String name, java.math.BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException _) {
            throw new WireException("`%s` is not a whole number in range".formatted(at(name)));
        }
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static WireException expected(String where, String what, Json actual) {
        String kind =
                switch (actual) {
                    case Json.Obj _ -> "an object";
                    case Json.Arr _ -> "an array";
                    case Json.Str _ -> "a string";
                    case Json.Num _ -> "a number";
                    case Json.Bool _ -> "a boolean";
                    case Json.Null _ -> "null";
                };
        return new WireException("`%s` is %s; expected %s".formatted(where, kind, what));
    }
}
