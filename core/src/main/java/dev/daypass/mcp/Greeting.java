package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client says that it can do, cut down to what the server may ask of it: a server does not
/// ask for what it was not told of (revision 2025-11-25, Lifecycle, Capability Negotiation).
public final class Greeting {
    private static final Map<String, String> ASKED =
            Map.of(
                    "sampling", "sampling/createMessage",
                    "elicitation", "elicitation/create",
                    "roots", "roots/list");

    private Greeting() {}

    /// @param initialize the client's `initialize`
    public static Message.Request narrowed(Message.Request initialize, Judging judging) {
        var params = new LinkedHashMap<>(initialize.params().members());
        params.computeIfPresent("capabilities", (_, given) -> narrowed(given, judging));
        return new Message.Request(initialize.id(), initialize.method(), Json.obj(params));
    }

    private static Json narrowed(Json capabilities, Judging judging) {
        if (!(capabilities instanceof Json.Obj(var all))) {
            return Json.object().build();
        }
        var kept = new LinkedHashMap<>(all);
        // Tasks would let a call go on after its answer; nobody judges that here.
        kept.remove("tasks");
        ASKED.forEach((capability, method) -> {
            if (!judging.mayAsk(method)) {
                kept.remove(capability);
            }
        });
        return Json.obj(kept);
    }

    /// The capabilities of a client of whom a server may ask all this.
    public static Json.Obj capabilities(Iterable<String> methods) {
        var out = Json.object();
        for (String method : methods) {
            ASKED.forEach((capability, asked) -> {
                if (asked.equals(method)) {
                    out.put(capability, Json.object().build());
                }
            });
        }
        return out.build();
    }
}
