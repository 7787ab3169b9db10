package dev.daypass.permission;

import dev.daypass.wire.Json;
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

    public Json.Obj toJson() {
        var members = new java.util.LinkedHashMap<>(permission.toJson().members());
        members.put("traits", Json.strings(traits.stream().map(Trait::word).toList()));
        members.put("because", Json.of(because));
        return Json.obj(members);
    }
}
