package dev.daypass.permission;

import dev.daypass.permission.GrantedTool.Argument;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The arguments of one tool: those that the service describes, as narrow as the permission's
/// bounds, and those that only a bound names.
final class ToolArguments {
    /// Of arguments that may be left out and that nothing bounds; more are not told.
    private static final int OPTIONAL_MAX = 64;

    private final Permission permission;
    private final SequencedMap<Argument, Draft> drafts = new LinkedHashMap<>();
    private final SequencedMap<String, Argument> places = new LinkedHashMap<>();
    private final SequencedMap<String, Json> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private String objection = "";

    /// What is known of one argument.
    ///
    /// @param parameter as the service describes it; `null` where only a bound names it
    /// @param bound on the argument itself
    /// @param inside bounds on what lies deeper in it
    private record Draft(
            @Nullable Parameter parameter,
            @Nullable Constraint bound,
            Map<BodyPointer, Constraint> inside) {
        boolean free() {
            return bound == null && inside.isEmpty();
        }

        boolean required() {
            return (parameter != null && parameter.required())
                    || (bound != null && !bound.mayBeMissing())
                    || inside.values().stream().anyMatch(b -> !b.mayBeMissing());
        }
    }

    ToolArguments(Permission permission, Operation operation) {
        this.permission = permission;
        operation.parameters().forEach(this::describe);
        for (String variable : permission.path().variables()) {
            drafts.putIfAbsent(new Argument(Place.PATH, variable), new Draft(null, null, Map.of()));
        }
        permission.constraints().forEach((slot, bound) -> bind(Slot.of(slot), bound));
        if (objection.isEmpty()) {
            settle();
        }
    }

    /// Why no call could be permitted; empty if one can.
    String objection() {
        return objection;
    }

    /// By name, where each argument travels.
    SequencedMap<String, Argument> places() {
        return places;
    }

    Json.Obj schema() {
        var of = Json.object();
        properties.forEach(of::put);
        return Json.object()
                .put("type", "object")
                .put("properties", of.build())
                .put("required", required.isEmpty() ? null : Json.strings(required))
                .put("additionalProperties", false)
                .build();
    }

    private void describe(Parameter parameter) {
        boolean nowhere =
                Slot.of(parameter.slot()) instanceof Slot.Nowhere
                        || (parameter.place() == Place.PATH
                                && !permission.path().variables().contains(parameter.name()))
                        || (parameter.place() == Place.BODY && permission.method().safe());
        if (!nowhere) {
            String name =
                    parameter.place() == Place.HEADER
                            ? parameter.name().toLowerCase(java.util.Locale.ROOT)
                            : parameter.name();
            drafts.put(new Argument(parameter.place(), name), new Draft(parameter, null, Map.of()));
        }
    }

    private void bind(Slot slot, Constraint bound) {
        switch (slot) {
            case Slot.Nowhere(var text, var why) -> object("`%s` %s".formatted(text, why));
            case Slot.InPath(var variable)
                    when !permission.path().variables().contains(variable) -> {
                if (!bound.mayBeMissing()) {
                    object("its path has no `%s`, which is bound".formatted(variable));
                }
            }
            case Slot.InPath(var variable) -> bind(new Argument(Place.PATH, variable), bound);
            case Slot.InQuery(var name) -> bind(new Argument(Place.QUERY, name), bound);
            case Slot.InHeader(var name) -> bind(new Argument(Place.HEADER, name), bound);
            case Slot.InBody(var at) when permission.method().safe() ->
                    object("`%s` is bound, and it has no body".formatted(at.slot()));
            case Slot.InBody(var at) when at.steps().size() == 1 ->
                    bind(new Argument(Place.BODY, at.first()), bound);
            case Slot.InBody(var at) -> bindInside(at, bound);
        }
    }

    private void bind(Argument at, Constraint bound) {
        drafts.merge(
                at,
                new Draft(null, bound, Map.of()),
                (known, _) -> new Draft(known.parameter(), bound, known.inside()));
    }

    private void bindInside(BodyPointer at, Constraint bound) {
        drafts.merge(
                new Argument(Place.BODY, at.first()),
                new Draft(null, null, Map.of(at, bound)),
                (known, now) -> {
                    var inside = new LinkedHashMap<>(known.inside());
                    inside.putAll(now.inside());
                    return new Draft(known.parameter(), known.bound(), inside);
                });
    }

    private void object(String why) {
        objection = objection.isEmpty() ? why : objection;
    }

    private void settle() {
        List<Argument> bound =
                drafts.entrySet().stream()
                        .filter(draft -> !draft.getValue().free())
                        .map(Map.Entry::getKey)
                        .toList();
        Set<String> names = new HashSet<>();
        int optional = 0;
        for (Map.Entry<Argument, Draft> entry : drafts.entrySet()) {
            Argument at = entry.getKey();
            Draft draft = entry.getValue();
            boolean must = draft.required() || at.place() == Place.PATH;
            boolean told =
                    !draft.free()
                            || ((must || optional < OPTIONAL_MAX)
                                    && bound.stream().noneMatch(other -> alike(at, other)));
            Json schema = told ? schema(at, draft) : null;
            if (schema != null) {
                add(GrantTools.unique(at.name(), names), at, schema, must);
                optional += must ? 0 : 1;
            } else if (must) {
                object("no value of `%s` is permitted".formatted(shown(at)));
            }
        }
    }

    private void add(String name, Argument at, Json schema, boolean must) {
        places.put(name, at);
        properties.put(name, schema);
        if (must) {
            required.add(name);
        }
    }

    private static String shown(Argument at) {
        return ServiceWords.plain(
                at.place().name().toLowerCase(java.util.Locale.ROOT) + "." + at.name(), 100);
    }

    /// Whether the edge would refuse one because some service takes its name for that of a bound
    /// one.
    private static boolean alike(Argument it, Argument bound) {
        return switch (bound.place()) {
            case PATH -> false;
            case QUERY -> it.place() == Place.QUERY && Slots.alike(it.name(), bound.name());
            case HEADER ->
                    it.place() == Place.HEADER && it.name().replace('_', '-').equals(bound.name());
            case BODY ->
                    (it.place() == Place.BODY || it.place() == Place.QUERY)
                            && Slots.alikeInBody(it.name(), bound.name());
        };
    }

    private @Nullable Json schema(Argument at, Draft draft) {
        Parameter parameter = draft.parameter();
        if (!draft.inside().isEmpty()) {
            return draft.bound() == null ? BoundBody.schema(draft.inside()) : null;
        }
        String type = parameter == null ? "string" : parameter.type();
        if (at.place() != Place.BODY && type.equals("object")) {
            type = "string"; // it travels as one text
        }
        String items = parameter == null ? "" : parameter.items();
        var kind = new ArgumentSchema.Kind(at.place(), type, items, repeats(at, type));
        TreeMap<String, Json> schema = ArgumentSchema.of(kind, parameter, draft.bound());
        return schema == null ? null : Json.obj(schema);
    }

    private boolean repeats(Argument at, String type) {
        return type.equals("array")
                && (at.place() == Place.BODY
                        || permission.repeats().contains(Slots.QUERY + at.name()));
    }
}
