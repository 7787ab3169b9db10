package dev.daypass.catalog;

import dev.daypass.permission.Parameter.Choice;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values that a schema lists, with what people call them: `enum` with its extensions, or
/// `oneOf`/`anyOf` of constants with titles. A schema that also takes other values lists none.
final class Choices {
    static final int CHOICES_MAX = 1_000;
    static final int VALUE_CHARS_MAX = 500;
    private static final int LABEL_CHARS_MAX = 200;

    private final Schemas schemas;

    Choices(Schemas schemas) {
        this.schemas = schemas;
    }

    /// What a schema lists.
    sealed interface Listed {
        /// @param choices at least one
        record Some(List<Choice> choices) implements Listed {}

        /// Other values than listed ones are taken, or nothing is listed.
        record Open() implements Listed {}

        /// @param why fit to be shown
        record Unfit(String why) implements Listed {}
    }

    /// The choices of a value, or of one item where the value is an array.
    Listed of(Schema<?> schema) {
        return of(schema, 0);
    }

    private Listed of(Schema<?> given, int depth) {
        if (depth > Schemas.DEPTH_MAX
                || !(schemas.resolve(given) instanceof Schemas.Resolved.Found(var schema))) {
            return new Listed.Open();
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return enumerated(schema);
        }
        Object constant = schema.getConst();
        if (constant != null) {
            return constant(constant, schema.getTitle());
        }
        if (schema.getItems() != null) {
            return of(schema.getItems(), depth + 1);
        }
        List<Schema<?>> alternatives = Schemas.alternatives(schema);
        return alternatives.isEmpty() ? narrowed(schema, depth) : union(alternatives, depth);
    }

    private Listed narrowed(Schema<?> schema, int depth) {
        for (Schema<?> part : Schemas.variants(schema)) {
            Listed listed = of(part, depth + 1);
            if (!(listed instanceof Listed.Open)) {
                return listed;
            }
        }
        return new Listed.Open();
    }

    private Listed union(List<Schema<?>> alternatives, int depth) {
        if (alternatives.size() > CHOICES_MAX) {
            return tooMany();
        }
        var out = new ArrayList<Choice>();
        for (Schema<?> alternative : alternatives) {
            if (onlyNull(alternative)) {
                continue;
            }
            switch (of(alternative, depth + 1)) {
                case Listed.Some(var more) -> out.addAll(more);
                case Listed.Open open -> {
                    return open;
                }
                case Listed.Unfit unfit -> {
                    return unfit;
                }
            }
        }
        return some(out);
    }

    private static boolean onlyNull(Schema<?> schema) {
        return schema.getTypes() != null && schema.getTypes().equals(Set.of("null"));
    }

    private static Listed enumerated(Schema<?> schema) {
        List<?> values = schema.getEnum();
        if (values.size() > CHOICES_MAX) {
            return tooMany();
        }
        var out = new ArrayList<Choice>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value == null || value.equals("")) {
                continue;
            }
            switch (constant(value, label(schema, i, values))) {
                case Listed.Some(var one) -> out.addAll(one);
                case Listed.Open _ -> {}
                case Listed.Unfit unfit -> {
                    return unfit;
                }
            }
        }
        return some(out);
    }

    // One value with a title is how OpenAPI 3.0 writes 3.1's `const` with a title.
    private static @Nullable String label(Schema<?> schema, int index, List<?> values) {
        Map<String, Object> extensions =
                schema.getExtensions() == null ? Map.of() : schema.getExtensions();
        for (String name : List.of("x-enum-descriptions", "x-enum-varnames")) {
            if (extensions.get(name) instanceof List<?> labels
                    && labels.size() == values.size()
                    && labels.get(index) instanceof String label) {
                return label;
            }
        }
        return values.size() == 1 ? schema.getTitle() : null;
    }

    private static Listed constant(Object value, @Nullable String title) {
        String text = wire(value);
        if (text == null || !PlainText.exact(text, VALUE_CHARS_MAX)) {
            return new Listed.Unfit(
                    "its listed values are not kept: one is empty, long, or not plain text, a number or a boolean");
        }
        String label = title == null ? "" : PlainText.clip(title, LABEL_CHARS_MAX);
        return new Listed.Some(List.of(new Choice(text, label.isEmpty() ? text : label)));
    }

    // The parser turns dates and bytes into objects whose text is no longer that of the wire.
    private static @Nullable String wire(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            case Double number -> number.toString();
            case BigDecimal number when Math.abs(number.scale()) < 100 -> number.toPlainString();
            default -> null;
        };
    }

    private static Listed some(List<Choice> choices) {
        if (choices.size() > CHOICES_MAX) {
            return tooMany();
        }
        var byValue = new LinkedHashMap<String, Choice>();
        choices.forEach(choice -> byValue.putIfAbsent(choice.value(), choice));
        return byValue.isEmpty()
                ? new Listed.Open()
                : new Listed.Some(List.copyOf(byValue.values()));
    }

    private static Listed tooMany() {
        return new Listed.Unfit(
                "its listed values are not kept: more than %d".formatted(CHOICES_MAX));
    }
}
