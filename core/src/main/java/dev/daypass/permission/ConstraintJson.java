package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Constraints as JSON: an array of permitted texts, or an object of bounds that hold together.
final class ConstraintJson {
    static final String IF_GIVEN = "if_given";
    static final int PATTERNS_MAX = 8;

    private static final String FORMS =
            "a constraint is an array of strings, or an object with some of `equals`, `min`, `max`, `prefix`, `max_length`, `matches`, `if_given`";

    private ConstraintJson() {}

    /// Where several patterns hold, `matches` is an array of them.
    static Json of(List<Constraint.Single> parts) {
        var out = new TreeMap<String, Json>();
        var patterns = new ArrayList<String>();
        for (Constraint.Single part : parts) {
            if (part instanceof Matches matches) {
                patterns.add(matches.pattern());
            }
            out.putAll(part.members());
        }
        if (patterns.size() > 1) {
            out.put(Matches.KIND, Json.strings(patterns));
        }
        return Json.obj(out);
    }

    /// @throws WireException saying what is wrong
    static Constraint read(Json json) {
        return switch (json) {
            case Json.Arr(var items) -> oneOf(items);
            // A bound that says `null` might have been meant to bind.
            case Json.Obj(var members)
                    when !members.isEmpty() && !members.containsValue(new Json.Null()) ->
                    bounds(JsonFields.of(json));
            case Json _ -> throw new WireException(FORMS);
        };
    }

    private static Constraint oneOf(List<Json> items) {
        var values = new ArrayList<String>();
        for (Json item : items) {
            if (!(item instanceof Json.Str(var value))) {
                throw new WireException(FORMS);
            }
            values.add(value);
        }
        return new Constraint.OneOf(values);
    }

    private static Constraint bounds(JsonFields fields) {
        try {
            Json then = fields.take(IF_GIVEN);
            if (then != null) {
                if (fields.names().size() > 1) {
                    throw new WireException(
                            "`if_given` stands alone: what else must hold stands inside it");
                }
                return new Constraint.IfGiven(read(then));
            }
            String equal = fields.stringOrNull("equals");
            var parts = parts(fields);
            fields.end();
            if (equal == null && parts.isEmpty()) {
                throw new WireException(FORMS); // `matches` of an empty array
            }
            return equal == null ? Constraint.All.of(parts) : exactly(equal, parts);
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    private static Constraint exactly(String value, List<Constraint.Single> parts) {
        if (!parts.isEmpty()) {
            throw new WireException("`equals` stands alone: it leaves nothing to bound further");
        }
        return new Constraint.OneOf(List.of(value));
    }

    private static List<Constraint.Single> parts(JsonFields fields) {
        var out = new ArrayList<Constraint.Single>();
        String min = fields.stringOrNull("min");
        String max = fields.stringOrNull("max");
        if (min != null || max != null) {
            out.add(range(min, max));
        }
        String prefix = fields.stringOrNull(Prefix.KIND);
        if (prefix != null) {
            out.add(new Prefix(prefix));
        }
        Long most = fields.longOrNull(MaxLength.KIND);
        if (most != null) {
            out.add(new MaxLength(Math.clamp(most, -1, MaxLength.MOST + 1)));
        }
        patterns(fields).forEach(pattern -> out.add(Matches.of(pattern)));
        return out;
    }

    private static List<String> patterns(JsonFields fields) {
        List<String> patterns =
                switch (fields.take(Matches.KIND)) {
                    case null -> List.of();
                    case Json.Str(var one) -> List.of(one);
                    case Json _ -> fields.strings(Matches.KIND);
                };
        if (patterns.size() > PATTERNS_MAX) {
            throw new WireException(
                    "`matches` holds more than %d expressions".formatted(PATTERNS_MAX));
        }
        return patterns;
    }

    private static Range range(@Nullable String min, @Nullable String max) {
        return new Range(
                min == null ? BigDecimal.ZERO : decimal("min", min),
                max == null ? Decimals.GREATEST : decimal("max", max));
    }

    private static BigDecimal decimal(String name, String text) {
        BigDecimal value = Decimals.signed(text);
        if (value == null) {
            throw new WireException(
                    "`%s` is not a plain decimal such as 320.5 or -4".formatted(name));
        }
        return value;
    }
}
