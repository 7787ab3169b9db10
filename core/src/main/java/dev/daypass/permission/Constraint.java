package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;

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

    /// What both permit.
    static Constraint both(Constraint a, Constraint b) {
        return switch (a) {
            case OneOf(var values) -> new OneOf(values.stream().filter(b::permits).toList());
        };
    }

    /// @throws WireException if it is not an array of strings
    static Constraint fromJson(Json json) {
        if (!(json instanceof Json.Arr(var items))) {
            throw new WireException("a constraint is an array of strings");
        }
        var values = new ArrayList<String>();
        for (Json item : items) {
            if (!(item instanceof Json.Str(var value))) {
                throw new WireException("a constraint is an array of strings");
            }
            values.add(value);
        }
        return new OneOf(values);
    }
}
