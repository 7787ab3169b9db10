package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// One permission of an account together with why it was given. The reason is evidence, not
/// authority: it is not part of the resource hash.
///
/// @param permission what may be done
/// @param traits what it does to the world
/// @param because the words of the task that justify it
public record Leaf(Permission permission, Set<Trait> traits, String because) {
    public Leaf {
        traits = traits.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(traits));
    }

    /// What is told of it: what is kept, and the resource that it belongs to.
    public Json.Obj told() {
        var members = new java.util.LinkedHashMap<String, Json>();
        toJson().members()
                .forEach((name, value) -> {
                    members.put(name, value);
                    if (name.equals("service")) {
                        members.put("resource", Json.of(permission.resource()));
                    }
                });
        return Json.obj(members);
    }

    /// @throws WireException if it is not what [#toJson()] writes
    static Leaf fromJson(Json json) {
        if (!(json instanceof Json.Obj(var members))) {
            throw new WireException("a leaf is an object");
        }
        JsonFields fields = JsonFields.of(json);
        var permission = new java.util.LinkedHashMap<>(members);
        permission.keySet().removeAll(Set.of("traits", "because"));
        var traits = EnumSet.noneOf(Trait.class);
        fields.strings("traits").forEach(word -> traits.add(Trait.of(word)));
        return new Leaf(
                Permission.fromJson(Json.obj(permission)), traits, fields.string("because"));
    }

    /// What is kept of it.
    public Json.Obj toJson() {
        var members = new java.util.LinkedHashMap<>(permission.toJson().members());
        members.put("traits", Json.strings(traits.stream().map(Trait::word).toList()));
        members.put("because", Json.of(because));
        return Json.obj(members);
    }
}
