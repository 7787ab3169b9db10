package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A bound on one argument.
public sealed interface Constraint {
    boolean permits(String value);

    /// Whether every value that this permits is permitted by `outer`.
    boolean within(Constraint outer);

    Json toJson();

    /// The argument is one of these. An empty list permits nothing.
    ///
    /// @param values sorted and without repetition, so that equal constraints are written alike
    record OneOf(List<String> values) implements Constraint {
        public OneOf {
            values = values.stream().distinct().sorted().toList();
        }

        @Override
        public boolean permits(String value) {
            return values.contains(value);
        }

        @Override
        public boolean within(Constraint outer) {
            return values.stream().allMatch(outer::permits);
        }

        @Override
        public Json toJson() {
            return Json.strings(values);
        }
    }

    /// The argument is a plain decimal from 0 to `max`: at most 30 digits and 20 behind the point,
    /// without sign, exponent or zeros in front. An amount below zero is refused: it would turn
    /// what is paid into what is taken.
    ///
    /// @param max at least 0; without zeros at the end, so that equal constraints are written alike
    record AtMost(BigDecimal max) implements Constraint {
        public AtMost {
            max = Decimals.normal(max);
            if (Decimals.plain(max.toPlainString()) == null) {
                throw new IllegalArgumentException("not a plain decimal from 0 up");
            }
        }

        @Override
        public boolean permits(String value) {
            BigDecimal given = Decimals.plain(value);
            return given != null && given.compareTo(max) <= 0;
        }

        // A number is written in more ways than any list holds: `5`, `5.0`, `5.00`.
        @Override
        public boolean within(Constraint outer) {
            return switch (outer) {
                case AtMost(var most) -> max.compareTo(most) <= 0;
                case OneOf _ -> false;
            };
        }

        @Override
        public Json toJson() {
            return Json.object().put("max", max.toPlainString()).build();
        }
    }

    /// What both permit.
    static Constraint both(Constraint a, Constraint b) {
        return switch (a) {
            case OneOf(var values) -> new OneOf(values.stream().filter(b::permits).toList());
            case AtMost mine ->
                    switch (b) {
                        case OneOf _ -> both(b, a);
                        case AtMost _ -> mine.within(b) ? mine : b;
                    };
        };
    }

    /// What permits what both permit; this, where no constraint does.
    default Constraint widened(Constraint found) {
        if (this instanceof OneOf(var mine) && found instanceof OneOf(var theirs)) {
            return new OneOf(Stream.concat(mine.stream(), theirs.stream()).toList());
        }
        return within(found) ? found : this;
    }

    /// The constraint that an argument is at most this.
    ///
    /// @param max a plain decimal from 0 up
    /// @throws WireException if it is none
    static AtMost atMost(String max) {
        BigDecimal value = Decimals.plain(max);
        if (value == null) {
            throw new WireException("`max` is not a plain decimal from 0 up, such as 320.5");
        }
        return new AtMost(value);
    }

    /// @throws WireException if it is neither an array of strings nor an object with a `max`
    static Constraint fromJson(Json json) {
        return switch (json) {
            case Json.Arr(var items) -> oneOf(items);
            case Json.Obj(var members)
                    when members.size() == 1 && members.get("max") instanceof Json.Str(var max) ->
                    atMost(max);
            case Json _ -> throw notOne();
        };
    }

    private static OneOf oneOf(List<Json> items) {
        var values = new ArrayList<String>();
        for (Json item : items) {
            if (!(item instanceof Json.Str(var value))) {
                throw notOne();
            }
            values.add(value);
        }
        return new OneOf(values);
    }

    private static WireException notOne() {
        return new WireException("a constraint is an array of strings, or an object with a `max`");
    }
}
