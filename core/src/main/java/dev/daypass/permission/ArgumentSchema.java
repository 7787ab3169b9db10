package dev.daypass.permission;

import dev.daypass.permission.Parameter.Choice;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The schema of one argument (JSON Schema 2020-12): no value that fits it is outside the bound, as
/// far as a schema can say that. What it cannot say stands in its description.
final class ArgumentSchema {
    private static final int CHOICES_MAX = 100;
    private static final int WORDS_CHARS_MAX = 200;

    private ArgumentSchema() {}

    /// What kind of argument it is.
    ///
    /// @param place where it travels
    /// @param type JSON Schema type
    /// @param items of an array, the type of its items; empty where it is not known
    /// @param repeats whether several values may be given
    record Kind(Place place, String type, String items, boolean repeats) {
        /// What one value of it is.
        String one() {
            if (!type.equals("array")) {
                return type;
            }
            return items.isEmpty() || (place != Place.BODY && structured(items)) ? "string" : items;
        }

        private static boolean structured(String type) {
            return type.equals("object") || type.equals("array");
        }

        /// Whether no bound can look into it.
        boolean opaque() {
            return structured(one());
        }
    }

    /// @param parameter as the service describes it, if it does
    /// @param bound `null` where nothing bounds it
    /// @return `null` where no value is permitted
    static @Nullable TreeMap<String, Json> of(
            Kind kind, @Nullable Parameter parameter, @Nullable Constraint bound) {
        TreeMap<String, Json> one =
                bound == null ? free(kind, parameter) : bounded(kind, then(bound));
        if (one == null || (bound != null && kind.opaque())) {
            return null;
        }
        if (kind.place() == Place.PATH && Json.of("string").equals(one.get("type"))) {
            one.put("minLength", Json.of(1));
        }
        String said = description(parameter, bound);
        TreeMap<String, Json> out = kind.repeats() ? array(one, bound != null) : one;
        if (!said.isEmpty()) {
            out.put("description", Json.of(said));
        }
        return out;
    }

    private static Constraint then(Constraint bound) {
        return bound instanceof Constraint.IfGiven(var then) ? then : bound;
    }

    private static TreeMap<String, Json> array(TreeMap<String, Json> items, boolean bound) {
        var out = new TreeMap<String, Json>();
        out.put("type", Json.of("array"));
        out.put("items", Json.obj(items));
        if (bound) {
            out.put("minItems", Json.of(1)); // an empty one is refused where a bound wants a value
        }
        return out;
    }

    private static @Nullable TreeMap<String, Json> free(Kind kind, @Nullable Parameter parameter) {
        List<Choice> choices = parameter == null ? List.of() : parameter.choices();
        List<String> values = choices.stream().map(Choice::value).toList();
        if (!values.isEmpty() && values.size() <= CHOICES_MAX) {
            return listed(kind.one(), values);
        }
        // Of a list that nothing bounds, nobody knows what its items are.
        return kind.type().equals("array") && kind.items().isEmpty() && kind.place() == Place.BODY
                ? new TreeMap<>()
                : typed(kind.one());
    }

    private static TreeMap<String, Json> typed(String type) {
        var out = new TreeMap<String, Json>();
        out.put("type", Json.of(type));
        return out;
    }

    private static @Nullable TreeMap<String, Json> bounded(Kind kind, Constraint bound) {
        boolean field = kind.place() == Place.HEADER;
        return switch (bound) {
            case Constraint.OneOf(var values) ->
                    listed(
                            kind.one(),
                            values.stream()
                                    .filter(v -> !field || BoundField.readAlike(v))
                                    .toList());
            case Constraint.Single single -> all(kind.one(), List.of(single), field);
            case Constraint.All(var parts) -> all(kind.one(), parts, field);
            case Constraint.IfGiven _ -> null;
        };
    }

    private static @Nullable TreeMap<String, Json> listed(String type, List<String> values) {
        List<Json> kept =
                values.stream().map(value -> value(type, value)).filter(Objects::nonNull).toList();
        if (kept.isEmpty()) {
            return null;
        }
        TreeMap<String, Json> out = typed(type);
        if (kept.size() == 1) {
            out.put("const", kept.getFirst());
        } else {
            out.put("enum", Json.array(kept));
        }
        return out;
    }

    /// A value as its type is written; `null` where it is none of the type.
    private static @Nullable Json value(String type, String text) {
        return switch (type) {
            case "integer", "number" -> {
                BigDecimal number = Decimals.canonical(text) ? Decimals.signed(text) : null;
                yield number == null || (type.equals("integer") && number.scale() > 0)
                        ? null
                        : new Json.Num(number);
            }
            case "boolean" ->
                    text.equals("true") || text.equals("false")
                            ? Json.of(text.equals("true"))
                            : null;
            default -> Json.of(text);
        };
    }

    private static @Nullable TreeMap<String, Json> all(
            String type, List<Constraint.Single> parts, boolean field) {
        boolean ranged = parts.stream().anyMatch(Range.class::isInstance);
        if (type.equals("boolean")) {
            List<String> permitted =
                    Stream.of("true", "false")
                            .filter(v -> parts.stream().allMatch(part -> part.permits(v)))
                            .toList();
            return listed(type, permitted);
        }
        // A number is judged as it is written: where text is bound, text is what to give.
        TreeMap<String, Json> out =
                typed(!ranged ? "string" : type.equals("integer") ? type : "number");
        var patterns = new ArrayList<Json>(field && !ranged ? SchemaPatterns.OF_FIELDS : List.of());
        for (Constraint.Single part : parts) {
            switch (part) {
                case Range(var min, var max) -> {
                    out.put("minimum", new Json.Num(min));
                    if (max.compareTo(Decimals.GREATEST) < 0) {
                        out.put("maximum", new Json.Num(max));
                    }
                }
                case MaxLength(var most) -> atMost(out, most);
                case Prefix prefix -> patterns.addAll(SchemaPatterns.of(prefix));
                case Matches matches -> {
                    atMost(out, SchemaPatterns.TEXT_CHARS_MAX);
                    patterns.addAll(SchemaPatterns.of(matches));
                }
            }
        }
        if (patterns.size() == 1 && patterns.getFirst() instanceof Json.Obj(var members)) {
            out.putAll(members);
        } else if (!patterns.isEmpty()) {
            out.put("allOf", Json.array(patterns));
        }
        return out;
    }

    private static void atMost(TreeMap<String, Json> out, int chars) {
        out.merge(
                "maxLength",
                Json.of(chars),
                (a, b) ->
                        a instanceof Json.Num(var x)
                                        && b instanceof Json.Num(var y)
                                        && x.compareTo(y) < 0
                                ? a
                                : b);
    }

    private static String description(@Nullable Parameter parameter, @Nullable Constraint bound) {
        String limit =
                bound != null && !SchemaPatterns.said(then(bound))
                        ? "Must be " + ServiceWords.plain(bound.words(), 2 * WORDS_CHARS_MAX) + "."
                        : "";
        String said =
                parameter == null
                        ? ""
                        : ServiceWords.quoted(parameter.description(), WORDS_CHARS_MAX)
                                + labels(parameter, bound);
        return (limit + said).strip();
    }

    /// What people call the values, where they are not called as on the wire.
    private static String labels(Parameter parameter, @Nullable Constraint bound) {
        List<String> told =
                parameter.choices().stream()
                        .filter(c -> !c.label().equals(c.value()))
                        .filter(c -> bound == null || bound.permits(c.value()))
                        .map(c -> c.value() + " is " + c.label())
                        .toList();
        return told.isEmpty() || told.size() > CHOICES_MAX
                ? ""
                : ServiceWords.quoted(String.join(", ", told), WORDS_CHARS_MAX)
                        .replaceFirst("The service says", "It calls them");
    }
}
