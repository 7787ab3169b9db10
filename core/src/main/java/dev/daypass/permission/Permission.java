package dev.daypass.permission;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// One leaf of a grant: an operation and the bounds on its arguments.
///
/// @param operation full name
/// @param method HTTP method
/// @param path path below the service's root
/// @param constraints by slot, such as `query.from`; a bound argument must be present
/// @param repeats slots that a request may give more than once
public record Permission(
        OperationId operation,
        HttpMethod method,
        PathTemplate path,
        Map<String, Constraint> constraints,
        List<String> repeats) {
    public Permission {
        constraints = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
        repeats = List.copyOf(new TreeSet<>(repeats));
    }

    /// The permission to call an operation within these bounds.
    public static Permission of(Operation operation, Map<String, Constraint> constraints) {
        List<String> repeats =
                operation.parameters().stream()
                        .filter(Parameter::repeats)
                        .map(Parameter::slot)
                        .toList();
        return new Permission(
                operation.id(), operation.method(), operation.path(), constraints, repeats);
    }

    /// Whether everything this permits is permitted by `outer`.
    public boolean within(Permission outer) {
        return operation.equals(outer.operation)
                && method == outer.method
                && path.equals(outer.path)
                && outer.repeats.containsAll(repeats)
                && outer.constraints.entrySet().stream()
                        .allMatch(bound -> {
                            Constraint mine = constraints.get(bound.getKey());
                            return mine != null && mine.within(bound.getValue());
                        });
    }

    /// What both permit; they must name the same operation.
    Permission and(Permission other) {
        var bounds = new TreeMap<String, Constraint>(constraints);
        other.constraints.forEach((slot, bound) -> bounds.merge(slot, bound, Constraint::both));
        var both = new ArrayList<>(repeats);
        both.retainAll(other.repeats);
        return new Permission(operation, method, path, bounds, both);
    }

    /// Canonical members only: what is hashed and signed.
    public Json.Obj toJson() {
        var bounds = Json.object();
        constraints.forEach((slot, bound) -> bounds.put(slot, bound.toJson()));
        return Json.object()
                .put("service", operation.service().value())
                .put("operation", operation.name())
                .put("method", method.name())
                .put("path", path.toString())
                .put("constraints", constraints.isEmpty() ? null : bounds.build())
                .put("repeats", repeats.isEmpty() ? null : Json.strings(repeats))
                .build();
    }

    /// @throws WireException if it is not a permission
    public static Permission fromJson(Json json) {
        JsonFields fields = JsonFields.of(json);
        try {
            var operation =
                    new OperationId(
                            new ServiceId(fields.string("service")), fields.string("operation"));
            HttpMethod method =
                    HttpMethod.of(fields.string("method"))
                            .orElseThrow(() -> new WireException("unknown method in a permission"));
            PathTemplate path = PathTemplate.parse(fields.string("path"));
            var constraints = new TreeMap<String, Constraint>();
            if (fields.take("constraints") instanceof Json.Obj(var members)) {
                members.forEach((slot, bound) -> constraints.put(slot, Constraint.fromJson(bound)));
            }
            Collection<String> repeats = fields.strings("repeats");
            fields.end();
            return new Permission(operation, method, path, constraints, List.copyOf(repeats));
        } catch (IllegalArgumentException e) {
            throw new WireException("not a permission: " + e.getMessage());
        }
    }
}
