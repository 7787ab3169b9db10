package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The stateless revision of the protocol: each request says in `_meta` which revision it speaks
/// and what its client can do (revision 2026-07-28, Base Protocol).
public final class Stateless {
    public static final String VERSION = "2026-07-28";

    static final String META = "_meta";
    private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    private static final Set<String> RETRY = Set.of("requestState", "inputResponses");

    private Stateless() {}

    /// The revision that a request names; `null` where it names none.
    public static @Nullable String version(Message message) {
        if (message instanceof Message.Request(var _, var _, var params)
                && params.members().get(META) instanceof Json.Obj(var meta)
                && meta.get(META_VERSION) instanceof Json.Str(var version)) {
            return version;
        }
        return null;
    }

    /// The request with no more of its client's capabilities than the server may use.
    public static Message.Request narrowed(Message.Request request, Judging judging) {
        var params = new LinkedHashMap<>(request.params().members());
        params.computeIfPresent(
                META,
                (_, meta) -> {
                    if (!(meta instanceof Json.Obj(var members))) {
                        return meta;
                    }
                    var kept = new LinkedHashMap<>(members);
                    kept.computeIfPresent(
                            META_CAPABILITIES, (_, given) -> Greeting.narrowed(given, judging));
                    return Json.obj(kept);
                });
        return new Message.Request(request.id(), request.method(), Json.obj(params));
    }

    /// Whether a result asks the client only for what was granted (Multi Round-Trip Requests).
    public static boolean asksNoMore(Json result, Judging judging) {
        if (!(result instanceof Json.Obj(var members)) || !members.containsKey("inputRequests")) {
            return true;
        }
        return members.get("inputRequests") instanceof Json.Obj(var asked)
                && asked.values().stream()
                        .allMatch(one ->
                                one instanceof Json.Obj(var parts)
                                        && parts.get("method") instanceof Json.Str(var method)
                                        && judging.mayAsk(method));
    }

    /// Whether the client can send its user to an address (Elicitation, URL mode).
    public static boolean leadsUsers(Message.Request request) {
        return request.params().members().get(META) instanceof Json.Obj(var meta)
                && meta.get(META_CAPABILITIES) instanceof Json.Obj(var can)
                && can.get("elicitation") instanceof Json.Obj(var modes)
                && modes.get("url") instanceof Json.Obj;
    }

    /// The same without what belongs to a retry.
    public static Message.Request anew(Message.Request retry) {
        var params = new LinkedHashMap<>(retry.params().members());
        params.keySet().removeAll(RETRY);
        return new Message.Request(retry.id(), retry.method(), Json.obj(params));
    }

    /// The state that a server gave to the client, or the client gives back; `null` for none.
    public static @Nullable String state(Json.Obj of) {
        return of.members().get("requestState") instanceof Json.Str(var state) ? state : null;
    }

    /// The same with another state.
    public static Json.Obj withState(Json.Obj of, String state) {
        Map<String, Json> members = new LinkedHashMap<>(of.members());
        members.put("requestState", Json.of(state));
        return Json.obj(members);
    }
}
