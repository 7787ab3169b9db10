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
/// @param constraints by slot, such as `query.from` or `body.amount`; a bound argument must be
///   present unless the bound says otherwise
/// @param repeats slots that a request may give more than once
/// @param answer how much of the answer goes out
public record Permission(
        OperationId operation,
        HttpMethod method,
        PathTemplate path,
        Map<String, Constraint> constraints,
        List<String> repeats,
        AnswerLimits answer) {
    public Permission {
        constraints = java.util.Collections.unmodifiableSortedMap(bySlot(constraints));
        repeats = List.copyOf(new TreeSet<>(repeats));
    }

    /// A permission that lets answers out as they are.
    public Permission(
            OperationId operation,
            HttpMethod method,
            PathTemplate path,
            Map<String, Constraint> constraints,
            List<String> repeats) {
        this(operation, method, path, constraints, repeats, AnswerLimits.NONE);
    }

    /// The same within these limits.
    public Permission answering(AnswerLimits limits) {
        return new Permission(operation, method, path, constraints, repeats, answer.and(limits));
    }

    // A slot in two spellings is one.
    private static TreeMap<String, Constraint> bySlot(Map<String, Constraint> constraints) {
        var out = new TreeMap<String, Constraint>();
        constraints.forEach(
                (slot, bound) -> out.merge(Slot.of(slot).text(), bound, Constraint::both));
        return out;
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

    /// What its operation is about: the level of the tree above it.
    public String resource() {
        return Resource.of(operation.name(), path);
    }

    /// Whether everything this permits is permitted by `outer`.
    public boolean within(Permission outer) {
        return sameLeaf(outer)
                && answer.within(outer.answer)
                && repeats.stream().allMatch(slot -> within(outer, slot))
                && outer.constraints.keySet().stream().allMatch(slot -> within(outer, slot));
    }

    /// Whether a slot takes nothing here that it does not take in `outer`.
    boolean within(Permission outer, String slot) {
        Constraint bound = outer.constraints.get(slot);
        Constraint mine = constraints.get(slot);
        return (bound == null || (mine != null && mine.within(bound)))
                && (!repeats.contains(slot) || outer.repeats.contains(slot));
    }

    /// Whether both are for one operation, called in one way.
    boolean sameLeaf(Permission other) {
        return operation.equals(other.operation)
                && method == other.method
                && path.equals(other.path);
    }

    /// What both permit; they must be for the same leaf.
    Permission and(Permission other) {
        var bounds = new TreeMap<String, Constraint>(constraints);
        other.constraints.forEach((slot, bound) -> bounds.merge(slot, bound, Constraint::both));
        var both = new ArrayList<>(repeats);
        both.retainAll(other.repeats);
        return new Permission(operation, method, path, bounds, both, answer.and(other.answer));
    }

    /// This, as far as it must be widened to permit what `found` permits: a slot is bound where
    /// both bind it, to the values of both. A bound that no other covers together with that of
    /// `found` stays as it is, and so does all of it where they are not for the same leaf.
    public Permission widened(Permission found) {
        if (!sameLeaf(found)) {
            return this;
        }
        var bounds = new TreeMap<String, Constraint>();
        constraints.forEach((slot, bound) -> {
            Constraint other = found.constraints.get(slot);
            if (other != null) {
                bounds.put(slot, bound.widened(other));
            }
        });
        var either = new ArrayList<>(repeats);
        either.addAll(found.repeats);
        return new Permission(operation, method, path, bounds, either, answer.or(found.answer));
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
                .put("answer", answer.isNone() ? null : answer.toJson())
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
            Map<String, Constraint> constraints = constraints(fields);
            Collection<String> repeats = fields.strings("repeats");
            Json answer = fields.take("answer");
            fields.end();
            return new Permission(
                    operation,
                    method,
                    path,
                    constraints,
                    List.copyOf(repeats),
                    answer == null ? AnswerLimits.NONE : AnswerLimits.fromJson(answer));
        } catch (IllegalArgumentException e) {
            throw new WireException("not a permission: " + e.getMessage());
        }
    }

    // What is not an object is refused: read as no constraints, it would widen the permission.
    private static Map<String, Constraint> constraints(JsonFields fields) {
        var out = new TreeMap<String, Constraint>();
        switch (fields.take("constraints")) {
            case null -> {}
            case Json.Obj(var members) ->
                    members.forEach((slot, bound) -> out.put(slot, Constraint.fromJson(bound)));
            case Json _ ->
                    throw new WireException("`constraints` must be an object of constraints");
        }
        return out;
    }
}
