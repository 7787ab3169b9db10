package dev.daypass.ledger;

import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a fact says something of a person: task, user, arguments, paths, and what is made of
/// them. It is sealed; the rest is kept open, because it is counted or searched.
public final class Personal {
    /// Of an account, what is no person's.
    private static final Set<String> OPEN_OF_ACCOUNT =
            Set.of("agent", "parent", "deadline", "calls");

    private static final Set<String> OF_ACCOUNT = Set.of("rsh", "waiting", "widening");

    private static final Map<String, Set<String>> SEALED =
            Map.of(
                    "ApprovalAsked",
                    OF_ACCOUNT,
                    "AccountOpened",
                    OF_ACCOUNT,
                    "WideningAsked",
                    OF_ACCOUNT,
                    "AccountWidened",
                    OF_ACCOUNT,
                    "WideningRefused",
                    Set.of("why", "widening"),
                    "OpenRefused",
                    Set.of("why"),
                    "CallMade",
                    Set.of("request"),
                    "CallRefused",
                    Set.of("why"));

    private static final String ACCOUNT = "account";
    private static final String SHREDDED = "shredded";

    private Personal() {}

    /// A body in two parts.
    ///
    /// @param open what stays readable
    /// @param personal what is sealed; `null` for nothing
    public record Parts(Json.Obj open, Json.@Nullable Obj personal) {
        /// Without what is personal, and saying so.
        public Json.Obj shredded() {
            return Personal.shredded(open);
        }
    }

    public static Parts split(String type, Json.Obj body) {
        Set<String> sealed = SEALED.get(type);
        if (sealed == null) {
            return new Parts(body, null);
        }
        var open = new LinkedHashMap<String, Json>();
        var personal = new LinkedHashMap<String, Json>();
        body.members()
                .forEach((name, value) -> {
                    if (sealed.contains(name)) {
                        personal.put(name, value);
                    } else if (name.equals(ACCOUNT) && value instanceof Json.Obj(var members)) {
                        var openHere = new LinkedHashMap<>(members);
                        openHere.keySet().retainAll(OPEN_OF_ACCOUNT);
                        var sealedHere = new LinkedHashMap<>(members);
                        sealedHere.keySet().removeAll(OPEN_OF_ACCOUNT);
                        open.put(name, Json.obj(openHere));
                        personal.put(name, Json.obj(sealedHere));
                    } else {
                        open.put(name, value);
                    }
                });
        return new Parts(new Json.Obj(open), personal.isEmpty() ? null : new Json.Obj(personal));
    }

    /// The body as it was.
    public static Json.Obj joined(Json.Obj open, Json.Obj personal) {
        var out = new LinkedHashMap<>(open.members());
        personal.members()
                .forEach((name, value) ->
                        out.merge(
                                name,
                                value,
                                (had, more) ->
                                        had instanceof Json.Obj(var some)
                                                        && more instanceof Json.Obj(var others)
                                                ? both(some, others)
                                                : more));
        return Json.obj(out);
    }

    private static Json.Obj both(Map<String, Json> some, Map<String, Json> others) {
        var out = new LinkedHashMap<>(some);
        out.putAll(others);
        return Json.obj(out);
    }

    /// What is told of a body whose key was destroyed.
    public static Json.Obj shredded(Json.Obj open) {
        var out = new LinkedHashMap<>(open.members());
        out.put(SHREDDED, Json.of(true));
        return Json.obj(out);
    }
}
