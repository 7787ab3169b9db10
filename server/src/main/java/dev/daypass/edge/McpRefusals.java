package dev.daypass.edge;

import dev.daypass.http.Body;
import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.RpcCode;
import dev.daypass.mcp.Verdict;
import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems as MCP clients read them: errors of JSON-RPC, with the problem's parts as data.
final class McpRefusals {
    private final Refusals refusals;

    McpRefusals(Refusals refusals) {
        this.refusals = refusals;
    }

    /// A message that the account may not send. Where a wider grant would help, the status and the
    /// challenge say so (revision 2025-11-25, Scope Challenge Handling); else the agent is to
    /// correct what it sent.
    Problem notPermitted(McpCall call, Verdict.Refused refused) {
        String account = call.verified().account().value();
        String service = call.verified().arrived().service().value();
        if (refused.scope()) {
            return refusals.notPermitted(service, account, refused.why() + " (" + account + ")");
        }
        return refusals.malformed("permitted", refused.why());
    }

    /// @param call whose request is answered
    static Response told(McpCall call, Problem why, int code) {
        boolean wantsAnswer = !(call.firstId() instanceof Json.Null);
        boolean inBand = wantsAnswer && why.status() == 400 && code != RpcCode.INVALID_REQUEST;
        return told(call.firstId(), why, code, inBand ? 200 : why.status());
    }

    static Response told(Json id, Problem why, int code, int status) {
        var headers = new LinkedHashMap<>(why.headers());
        headers.put("content-type", "application/json");
        headers.put("cache-control", "no-store");
        var data =
                Json.object()
                        .put("type", Problem.TYPE_PREFIX + why.kind())
                        .put("step", why.step().isEmpty() ? null : why.step())
                        .put("next", why.next().isEmpty() ? null : why.next());
        var error =
                Json.object()
                        .put("code", code)
                        .put("message", why.detail())
                        .put("data", data.build())
                        .build();
        return new Response(
                status,
                Map.copyOf(headers),
                Body.of(new Message.Reply(id, true, error).json().bytes()));
    }

    /// The code of JSON-RPC that goes with a problem of the calling line.
    static int code(Problem why) {
        return switch (why.status()) {
            case 401, 403 -> RpcCode.NOT_PERMITTED;
            case 400, 404, 405, 413, 415 -> RpcCode.INVALID_REQUEST;
            default -> RpcCode.SERVER_FAILED;
        };
    }

    static Problem wrongMethod() {
        return Problem.of(
                        "method-not-allowed",
                        "Method not allowed",
                        405,
                        "messages are posted; streams are got; sessions are deleted")
                .at("permitted")
                .header("allow", "POST, GET, DELETE");
    }

    static Problem noSession() {
        return Problem.of("not-found", "Not found", 404, "no such session of this account")
                .at("permitted")
                .next("initialize a new session");
    }

    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");
}
