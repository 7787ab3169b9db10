package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The schema of a member of a body in which deeper places are bound.
final class BoundBody {
    private BoundBody() {}

    /// @param bounds by place, all in the same member of the body
    /// @return `null` where nothing could hold all of them
    static @Nullable Json schema(Map<BodyPointer, Constraint> bounds) {
        return at(1, bounds);
    }

    private static @Nullable Json at(int depth, Map<BodyPointer, Constraint> bounds) {
        Map<BodyPointer.Step, Map<BodyPointer, Constraint>> next = new LinkedHashMap<>();
        Constraint here = null;
        for (Map.Entry<BodyPointer, Constraint> bound : bounds.entrySet()) {
            List<BodyPointer.Step> steps = bound.getKey().steps();
            if (steps.size() == depth) {
                here = bound.getValue();
            } else {
                next.computeIfAbsent(steps.get(depth), _ -> new LinkedHashMap<>())
                        .put(bound.getKey(), bound.getValue());
            }
        }
        if (here != null) {
            // What is bound itself is one value, and has nothing inside.
            return next.isEmpty() ? leaf(here) : null;
        }
        Map<BodyPointer, Constraint> each = next.get(new BodyPointer.Step.Each());
        if (each == null) {
            return members(depth, next);
        }
        return next.size() == 1 ? items(depth, each) : null;
    }

    private static @Nullable Json leaf(Constraint bound) {
        var kind = new ArgumentSchema.Kind(Parameter.Place.BODY, "string", "", false);
        TreeMap<String, Json> schema = ArgumentSchema.of(kind, null, bound);
        return schema == null ? null : Json.obj(schema);
    }

    private static @Nullable Json items(int depth, Map<BodyPointer, Constraint> bounds) {
        Json items = at(depth + 1, bounds);
        return items == null
                ? null
                : Json.object().put("type", "array").put("items", items).put("minItems", 1).build();
    }

    private static @Nullable Json members(
            int depth, Map<BodyPointer.Step, Map<BodyPointer, Constraint>> next) {
        var properties = Json.object();
        var required = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (Map.Entry<BodyPointer.Step, Map<BodyPointer, Constraint>> step : next.entrySet()) {
            String name = step.getKey() instanceof BodyPointer.Step.Name(var given) ? given : "";
            boolean must = step.getValue().values().stream().anyMatch(b -> !b.mayBeMissing());
            boolean clash = names.stream().anyMatch(other -> Slots.alikeInBody(other, name));
            Json schema = clash ? null : at(depth + 1, step.getValue());
            if (schema == null && must) {
                return null;
            }
            names.add(name);
            properties.put(name, schema == null ? Json.of(false) : schema);
            if (must) {
                required.add(name);
            }
        }
        return Json.object()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", required.isEmpty() ? null : Json.strings(required))
                .build();
    }
}
