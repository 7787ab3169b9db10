package dev.daypass.eval;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Permission;
import dev.daypass.wire.Json;
import java.util.Map;

/// Whether a call's arguments lie inside a permission's constraints.
final class Within {
    private Within() {}

    static boolean bounds(Permission permission, Suite.Call call) {
        for (Map.Entry<String, Constraint> bound : permission.constraints().entrySet()) {
            String name = bound.getKey().substring(bound.getKey().indexOf('.') + 1);
            Json given = call.args().get(name);
            // What the attacker would give is not known: he may give what is permitted.
            if (given != null && !permits(bound.getValue(), given)) {
                return false;
            }
        }
        return true;
    }

    private static boolean permits(Constraint bound, Json given) {
        return switch (given) {
            case Json.Arr(var items) -> items.stream().allMatch(i -> permits(bound, i));
            case Json.Str(var text) -> bound.permits(text);
            case Json.Obj _ -> true;
            default -> bound.permits(given.text());
        };
    }
}
