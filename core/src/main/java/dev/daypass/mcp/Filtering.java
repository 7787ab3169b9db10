package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Takes out of a server's lists what the account may not use, and tools that are not what was
/// registered.
public final class Filtering {
    private final Judging judging;

    public Filtering(Judging judging) {
        this.judging = judging;
    }

    /// A tool that is not what was accepted, and nobody was told yet.
    ///
    /// @param tool its name
    /// @param definition as the server lists it
    public record Changed(String tool, Json.Obj definition) {}

    /// What is left of an answer.
    ///
    /// @param result without what may not be told
    /// @param changed tools to tell of
    public record Filtered(Json result, List<Changed> changed) {
        public Filtered {
            changed = List.copyOf(changed);
        }
    }

    /// @param method what was asked
    /// @param result what the server answered
    public Filtered filter(ClientMethod method, Json result) {
        return switch (method) {
            case TOOLS_LIST -> tools(result);
            case RESOURCES_LIST ->
                    kept(result, "resources", item -> judging.reads(text(item, "uri")));
            case TEMPLATES_LIST ->
                    kept(
                            result,
                            "resourceTemplates",
                            item -> judging.reads(text(item, "uriTemplate")));
            case PROMPTS_LIST ->
                    kept(result, "prompts", item -> judging.prompts(text(item, "name")));
            case INITIALIZE,
                    DISCOVER,
                    PING,
                    TOOLS_CALL,
                    RESOURCES_READ,
                    SUBSCRIBE,
                    UNSUBSCRIBE,
                    PROMPTS_GET,
                    COMPLETE,
                    SET_LEVEL,
                    LISTEN ->
                    new Filtered(result, List.of());
        };
    }

    private Filtered tools(Json result) {
        var times = new HashMap<String, Integer>();
        items(result, "tools").forEach(tool -> times.merge(text(tool, "name"), 1, Integer::sum));
        var changed = new ArrayList<Changed>();
        Filtered left =
                kept(
                        result,
                        "tools",
                        tool -> {
                            String name = text(tool, "name");
                            // Of two tools of one name nobody can tell which one is meant.
                            return times.getOrDefault(name, 0) == 1
                                    && tool instanceof Json.Obj definition
                                    && accepted(name, definition, changed)
                                    && judging.calls(name);
                        });
        return new Filtered(withoutSchemas(left.result()), changed);
    }

    /// A client would miss in an answer what its schema promises and the account does not see.
    private Json withoutSchemas(Json result) {
        List<Json> tools = new ArrayList<>();
        for (Json tool : items(result, "tools")) {
            if (tool instanceof Json.Obj(var members) && judging.limited(text(tool, "name"))) {
                var left = new LinkedHashMap<>(members);
                left.remove("outputSchema");
                tools.add(Json.obj(left));
            } else {
                tools.add(tool);
            }
        }
        return with(result, "tools", tools);
    }

    private static Json.Obj with(Json of, String list, List<Json> items) {
        var members =
                of instanceof Json.Obj(var all)
                        ? new LinkedHashMap<>(all)
                        : new LinkedHashMap<String, Json>();
        members.put(list, Json.array(items));
        return Json.obj(members);
    }

    private boolean accepted(String name, Json.Obj definition, List<Changed> changed) {
        if (!judging.pins().accepted().containsKey(name)) {
            return false;
        }
        return switch (judging.pins().standing(name, definition)) {
            case ACCEPTED -> true;
            case WAITING -> false;
            case CHANGED -> {
                changed.add(new Changed(name, definition));
                yield false;
            }
        };
    }

    private static Filtered kept(Json result, String list, Predicate<Json> keep) {
        List<Json> left = items(result, list).stream().filter(keep).toList();
        Map<String, Json> members =
                result instanceof Json.Obj(var all)
                        ? new LinkedHashMap<>(all)
                        : new LinkedHashMap<>();
        members.put(list, Json.array(left));
        // What was filtered for one account is no other's (revision 2026-07-28, Caching).
        if (members.containsKey("cacheScope") || members.containsKey("resultType")) {
            members.put("cacheScope", Json.of("private"));
        }
        return new Filtered(Json.obj(members), List.of());
    }

    private static List<Json> items(Json result, String list) {
        return result instanceof Json.Obj(var members)
                        && members.get(list) instanceof Json.Arr(var items)
                ? items
                : List.of();
    }

    private static String text(Json of, String name) {
        return of instanceof Json.Obj(var members)
                        && members.get(name) instanceof Json.Str(var text)
                ? text
                : "";
    }
}
