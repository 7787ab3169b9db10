package dev.daypass.mcp;

import dev.daypass.permission.AmbiguousRequest;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.Coverage;
import dev.daypass.permission.Permission;
import dev.daypass.permission.RequestBody;
import dev.daypass.wire.Json;
import dev.daypass.wire.WrittenJson;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges what a client says to a server by what its account may use.
public final class Judging {
    private static final Map<ClientMethod, Set<String>> PARAMS =
            Map.of(
                    ClientMethod.TOOLS_CALL,
                    Set.of("name", "arguments", "_meta", "inputResponses", "requestState"),
                    ClientMethod.RESOURCES_READ,
                    Set.of("uri", "_meta", "inputResponses", "requestState"),
                    ClientMethod.SUBSCRIBE,
                    Set.of("uri", "_meta"),
                    ClientMethod.UNSUBSCRIBE,
                    Set.of("uri", "_meta"),
                    ClientMethod.PROMPTS_GET,
                    Set.of("name", "arguments", "_meta", "inputResponses", "requestState"),
                    ClientMethod.COMPLETE,
                    Set.of("ref", "argument", "context", "_meta"));

    private final Offer.Reach reach;

    public Judging(Offer.Reach reach) {
        this.reach = reach;
    }

    /// @param written the text that the message came in
    public Verdict judge(Message message, WrittenJson written) {
        return switch (message) {
            case Message.Request request -> request(request, written);
            case Message.Notification(var method, var _) ->
                    ClientMethod.NOTIFICATIONS.contains(method)
                            ? new Verdict.Pass()
                            : unknown(method);
            // Whether it answers what was asked is known where requests are passed on.
            case Message.Reply _ -> new Verdict.Pass();
        };
    }

    private static Verdict unknown(String method) {
        return new Verdict.Refused(
                RpcCode.METHOD_NOT_FOUND, "`%s` is not passed on".formatted(method), false);
    }

    private Verdict request(Message.Request request, WrittenJson written) {
        ClientMethod method = ClientMethod.of(request.method()).orElse(null);
        if (method == null) {
            return unknown(request.method());
        }
        Map<String, Json> params = request.params().members();
        Set<String> known = PARAMS.get(method);
        if (known != null && !known.containsAll(params.keySet())) {
            return invalid(
                    "`%s` takes no parameters but %s"
                            .formatted(
                                    method.wire(),
                                    String.join(", ", known.stream().sorted().toList())));
        }
        try {
            return switch (method) {
                case TOOLS_CALL -> tool(params, written);
                case RESOURCES_READ -> covered(Offer.READ, uri(params.get(Offer.URI)));
                case SUBSCRIBE, UNSUBSCRIBE -> covered(Offer.READ, uri(params.get(Offer.URI)));
                case PROMPTS_GET ->
                        covered(Offer.PROMPT, Offer.prompt(text("name", params.get("name"))));
                case COMPLETE -> completion(params.get("ref"));
                case INITIALIZE,
                        DISCOVER,
                        PING,
                        TOOLS_LIST,
                        RESOURCES_LIST,
                        TEMPLATES_LIST,
                        PROMPTS_LIST,
                        SET_LEVEL ->
                        new Verdict.Pass();
                case LISTEN -> listening(params.get("notifications"));
            };
        } catch (AmbiguousRequest e) {
            return invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Verdict invalid(String why) {
        return new Verdict.Refused(RpcCode.INVALID_PARAMS, why, false);
    }

    private Verdict tool(Map<String, Json> params, WrittenJson written) {
        String name = text("name", params.get("name"));
        if (reach.pins().changed().containsKey(name)) {
            return new Verdict.Refused(
                    RpcCode.CHANGED,
                    "tool `%s` is not what was registered any more; an operator must accept it first"
                            .formatted(name),
                    false);
        }
        return switch (params.get("arguments")) {
            case null -> covered(name, Offer.tool(name), RequestBody.of(Map.of(), written));
            case Json.Obj(var arguments) ->
                    covered(name, Offer.tool(name), RequestBody.of(arguments, written));
            case Json _ -> invalid("`arguments` must be an object");
        };
    }

    // What may be completed is what may be got: completions tell what there is.
    private Verdict completion(@Nullable Json ref) {
        if (!(ref instanceof Json.Obj(var members))) {
            return invalid("`ref` must be an object");
        }
        return switch (text("ref.type", members.get("type"))) {
            case "ref/prompt" ->
                    covered(Offer.PROMPT, Offer.prompt(text("ref.name", members.get("name"))));
            case "ref/resource" -> covered(Offer.READ, uri(members.get("uri")));
            default -> invalid("`ref.type` must be `ref/prompt` or `ref/resource`");
        };
    }

    /// What is listened for may be told, if it is of resources that may be read.
    private Verdict listening(@Nullable Json notifications) {
        if (!(notifications instanceof Json.Obj(var wanted))) {
            return new Verdict.Pass();
        }
        return switch (wanted.get("resourceSubscriptions")) {
            case null -> new Verdict.Pass();
            case Json.Arr(var uris)
                    when uris.stream()
                            .allMatch(uri -> uri instanceof Json.Str(var text) && reads(text)) ->
                    new Verdict.Pass();
            case Json _ ->
                    refused(Offer.READ, "not all of these resources may be read by this account");
        };
    }

    private static CanonicalRequest uri(@Nullable Json given) {
        String uri = text("uri", given);
        ResourceUris.requirePlain(uri);
        return Offer.read(uri);
    }

    private static String text(String name, @Nullable Json given) {
        if (given instanceof Json.Str(var text) && !text.isEmpty()) {
            return text;
        }
        throw new AmbiguousRequest("`%s` must be a text".formatted(name));
    }

    private Verdict covered(String operation, CanonicalRequest request) {
        return covered(operation, request, new RequestBody.Unread());
    }

    private Verdict covered(String operation, CanonicalRequest request, RequestBody body) {
        return switch (reach.grant().covers(reach.service(), request, reach.surface(), body)) {
            case Coverage.Covered(var by) when by.operation().name().equals(operation) ->
                    new Verdict.Use(request, by);
            case Coverage.NotCovered(var why) -> refused(operation, why);
            case Coverage _ -> refused(operation, "no operation of the grant fits");
        };
    }

    private Verdict refused(String operation, String why) {
        return granted(operation)
                ? new Verdict.Refused(RpcCode.INVALID_PARAMS, why, false)
                : new Verdict.Refused(
                        RpcCode.NOT_PERMITTED,
                        "`%s` is not among the operations of this account".formatted(operation),
                        true);
    }

    /// Whether the account may use an operation of the service at all.
    public boolean granted(String operation) {
        for (Permission permission : reach.grant().permissions()) {
            if (permission.operation().service().equals(reach.service())
                    && permission.operation().name().equals(operation)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the account sees a part only of what a tool answers.
    boolean limited(String tool) {
        return reach.grant().permissions().stream()
                .anyMatch(p ->
                        p.operation().service().equals(reach.service())
                                && p.operation().name().equals(tool)
                                && !p.answer().isNone());
    }

    /// Whether a resource may be read.
    boolean reads(String uri) {
        try {
            ResourceUris.requirePlain(uri);
            return covered(Offer.READ, Offer.read(uri)) instanceof Verdict.Use;
        } catch (AmbiguousRequest _) {
            return false;
        }
    }

    /// Whether a prompt may be got.
    boolean prompts(String name) {
        try {
            return covered(Offer.PROMPT, Offer.prompt(name)) instanceof Verdict.Use;
        } catch (AmbiguousRequest _) {
            return false;
        }
    }

    /// Whether a server may ask this of its client.
    public boolean mayAsk(String method) {
        return Offer.CLIENT_PATHS.containsKey(method)
                && reach.grant()
                                .covers(
                                        reach.service(),
                                        Offer.ofClient(method),
                                        reach.surface(),
                                        RequestBody.none())
                        instanceof Coverage.Covered;
    }

    /// Whether a server may ask anything of its client.
    public boolean mayAskAnything() {
        return Offer.CLIENT_PATHS.keySet().stream().anyMatch(this::mayAsk);
    }

    /// Whether a tool is granted and offered, whatever its arguments.
    boolean calls(String tool) {
        try {
            CanonicalRequest request = Offer.tool(tool);
            return switch (reach.grant()
                    .covers(reach.service(), request, reach.surface(), new RequestBody.Unread())) {
                case Coverage.Fits fits -> fits.by().operation().name().equals(tool);
                case Coverage _ -> false;
            };
        } catch (AmbiguousRequest _) {
            return false;
        }
    }

    /// The arguments of a tool that are repeated in header fields.
    public Map<String, String> headers(Message.Request request) {
        return request.method().equals(ClientMethod.TOOLS_CALL.wire())
                        && request.params().members().get("name") instanceof Json.Str(var tool)
                ? reach.pins().headers().getOrDefault(tool, Map.of())
                : Map.of();
    }

    Pins pins() {
        return reach.pins();
    }
}
