package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.util.Map;
import java.util.TreeMap;

/// Constraints as people write them: the forms of their JSON, with numbers as they come.
final class ConstraintYaml {
    private ConstraintYaml() {}

    /// @param mapping of slots to constraints
    /// @throws WireException with line and column of what is wrong
    static Map<String, Constraint> read(Yaml mapping) {
        var out = new TreeMap<String, Constraint>();
        mapping.entries()
                .forEach((slot, bound) ->
                        out.merge(slot(slot, bound), constraint(bound), Constraint::both));
        return out;
    }

    // A bound on what cannot be found would permit nothing, and nobody would know why.
    private static String slot(String text, Yaml bound) {
        if (Slot.of(text) instanceof Slot.Nowhere(var _, var why)) {
            throw bound.error(why);
        }
        return Slot.of(text).text();
    }

    private static Constraint constraint(Yaml bound) {
        Json json = json(bound);
        try {
            return Constraint.fromJson(json);
        } catch (WireException e) {
            throw bound.error("is not right: " + e.getMessage());
        }
    }

    private static Json json(Yaml bound) {
        if (!bound.isMapping()) {
            return Json.strings(bound.strings());
        }
        var out = new TreeMap<String, Json>();
        bound.entries()
                .forEach((name, value) ->
                        out.put(
                                name,
                                switch (name) {
                                    case MaxLength.KIND ->
                                            Json.of(value.wholeNumber(0, MaxLength.MOST));
                                    case ConstraintJson.IF_GIVEN -> json(value);
                                    default ->
                                            value.isList()
                                                    ? Json.strings(value.strings())
                                                    : Json.of(value.string());
                                }));
        return Json.obj(out);
    }
}
