package dev.daypass.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The plain facts of a schema, its references followed: what type of value it takes, and which
/// members. OpenAPI 3.0 and 3.1 answer differently, and both answers end here.
final class Schemas {
    static final int DEPTH_MAX = 8;
    static final int PROPERTIES_MAX = 1_000;

    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object");

    private final References references;
    private final Pieces pieces;

    Schemas(References references, Pieces pieces) {
        this.references = references;
        this.pieces = pieces;
    }

    /// A schema after its references.
    sealed interface Resolved {
        /// @param schema not itself a reference
        record Found(Schema<?> schema) implements Resolved {}

        /// @param why fit to be shown
        record Lost(String why) implements Resolved {}
    }

    /// One member of an object.
    ///
    /// @param schema as given, references not yet followed
    /// @param required whether the object insists on it
    record Property(Schema<?> schema, boolean required) {}

    Resolved resolve(Schema<?> schema) {
        references.step();
        String reference = schema.get$ref();
        if (reference == null) {
            return new Resolved.Found(schema);
        }
        return switch (references.named(reference)) {
            case References.Target.Lost(var why) -> new Resolved.Lost(why);
            case References.Target.Found(ObjectNode node) -> {
                Schema<?> target = pieces.schema(node);
                yield target == null
                        ? new Resolved.Lost("`$ref` leads to something that is not a schema")
                        : new Resolved.Found(target);
            }
        };
    }

    /// Why a schema, or a part of it that a value must fit, cannot be known; empty if it can.
    Set<String> losses(Schema<?> schema) {
        var out = new LinkedHashSet<String>();
        losses(schema, 0, out);
        return out;
    }

    private void losses(Schema<?> given, int depth, Set<String> out) {
        switch (resolve(given)) {
            case Resolved.Lost(var why) -> out.add(why);
            case Resolved.Found(var schema) -> {
                if (depth < DEPTH_MAX) {
                    variants(schema).forEach(part -> losses(part, depth + 1, out));
                    if (schema.getItems() != null) {
                        losses(schema.getItems(), depth + 1, out);
                    }
                }
            }
        }
    }

    /// The JSON type: `string` where the schema leaves it open.
    String type(Schema<?> schema) {
        return widest(types(schema, 0));
    }

    /// Of a list, the JSON type of each item; empty where the schema leaves it open.
    String items(Schema<?> schema) {
        if (!(resolve(schema) instanceof Resolved.Found(var list)) || list.getItems() == null) {
            return "";
        }
        Set<String> types = types(list.getItems(), 0);
        return types.size() == 1 ? types.iterator().next() : "";
    }

    private Set<String> types(Schema<?> given, int depth) {
        if (depth > DEPTH_MAX || !(resolve(given) instanceof Resolved.Found(var schema))) {
            return Set.of();
        }
        Set<String> declared = declared(schema);
        if (!declared.isEmpty()) {
            return declared;
        }
        if (schema.getProperties() != null || schema.getAdditionalProperties() != null) {
            return Set.of("object");
        }
        if (schema.getItems() != null) {
            return Set.of("array");
        }
        Object constant = schema.getConst();
        if (constant != null) {
            return Set.of(typeOf(constant));
        }
        var union = new LinkedHashSet<String>();
        for (Schema<?> variant : variants(schema)) {
            union.addAll(types(variant, depth + 1));
        }
        return union;
    }

    private static Set<String> declared(Schema<?> schema) {
        var out = new LinkedHashSet<String>();
        if (schema.getTypes() != null) {
            out.addAll(schema.getTypes());
        }
        if (schema.getType() != null) {
            out.add(schema.getType());
        }
        out.retainAll(TYPES);
        return out;
    }

    private static String typeOf(Object value) {
        return switch (value) {
            case Boolean _ -> "boolean";
            case Integer _ -> "integer";
            case Number _ -> "number";
            default -> "string";
        };
    }

    private static String widest(Set<String> types) {
        if (types.size() == 1) {
            return types.iterator().next();
        }
        return types.equals(Set.of("integer", "number")) ? "number" : "string";
    }

    /// The schemas of which a value fits all (`allOf`), one (`oneOf`) or some (`anyOf`).
    static List<Schema<?>> variants(Schema<?> schema) {
        var out = new ArrayList<Schema<?>>();
        out.addAll(alternatives(schema));
        addAll(schema.getAllOf(), out);
        return out;
    }

    /// The schemas of which a value fits one (`oneOf`) or some (`anyOf`).
    static List<Schema<?>> alternatives(Schema<?> schema) {
        var out = new ArrayList<Schema<?>>();
        addAll(schema.getOneOf(), out);
        addAll(schema.getAnyOf(), out);
        return out;
    }

    // The parser puts null where a part was not a schema.
    private static void addAll(@Nullable List<?> from, List<Schema<?>> to) {
        if (from != null) {
            for (Object part : from) {
                if (part instanceof Schema<?> schema) {
                    to.add(schema);
                }
            }
        }
    }

    /// The members of an object, those of `allOf` included; members of `oneOf` and `anyOf` are
    /// there, but never required.
    ///
    /// @param lost is told of each part whose reference leads nowhere
    SequencedMap<String, Property> properties(Schema<?> schema, Consumer<String> lost) {
        var collector = new Collector(lost, new LinkedHashMap<>());
        collector.collect(schema, true, 0);
        return collector.out();
    }

    /// The first description on the way from a schema through its references; empty if none.
    String description(Schema<?> schema) {
        String own = schema.getDescription();
        if (own == null && resolve(schema) instanceof Resolved.Found(var target)) {
            own = target.getDescription();
        }
        return own == null ? "" : own;
    }

    private final class Collector {
        private final Consumer<String> lost;
        private final SequencedMap<String, Property> out;

        Collector(Consumer<String> lost, SequencedMap<String, Property> out) {
            this.lost = lost;
            this.out = out;
        }

        SequencedMap<String, Property> out() {
            return out;
        }

        void collect(Schema<?> given, boolean always, int depth) {
            if (depth > DEPTH_MAX) {
                return;
            }
            switch (resolve(given)) {
                case Resolved.Lost(var why) -> lost.accept(why);
                case Resolved.Found(var schema) -> members(schema, always, depth);
            }
        }

        private void members(Schema<?> schema, boolean always, int depth) {
            if (schema.getProperties() != null) {
                schema.getProperties().forEach(this::add);
            }
            var all = new ArrayList<Schema<?>>();
            addAll(schema.getAllOf(), all);
            all.forEach(part -> collect(part, always, depth + 1));
            alternatives(schema).forEach(part -> collect(part, false, depth + 1));
            if (always && schema.getRequired() != null) {
                schema.getRequired().forEach(this::require);
            }
        }

        private void add(String name, @Nullable Schema<?> schema) {
            if (schema != null && out.size() < PROPERTIES_MAX) {
                out.putIfAbsent(name, new Property(schema, false));
            }
        }

        private void require(String name) {
            out.computeIfPresent(name, (_, p) -> new Property(p.schema(), true));
        }
    }
}
