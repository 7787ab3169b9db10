package dev.daypass.edge;

import dev.daypass.http.Body;
import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.mcp.Judging;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.Stateless;
import dev.daypass.mcp.Verdict;
import dev.daypass.permission.Grant;
import dev.daypass.wire.Json;
import dev.daypass.wire.WrittenJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Waiting for a human within a call (revision 2026-07-28, Multi Round-Trip Requests): a request
/// that a widening would cover which nobody has decided on is answered with `input_required`, and
/// that very request goes through, with the token that it came with, once a human has agreed.
final class McpApprovals {
    private static final String INPUT = "approval";
    private static final String STATE = "waits for a human";

    private final EdgeParts parts;

    McpApprovals(EdgeParts parts) {
        this.parts = parts;
    }

    /// What becomes of a message: as its account's token says, unless a human decides otherwise.
    McpCall.Judged judge(Call.Verified call, Judging own, Message message, WrittenJson written) {
        if (!(message instanceof Message.Request request)
                || !Stateless.VERSION.equals(Stateless.version(message))) {
            return new McpCall.Judged(message, own.judge(message, written));
        }
        boolean waited = waited(call, request);
        Message.Request asked = waited ? Stateless.anew(request) : request;
        Verdict verdict = own.judge(asked, written);
        if (!(verdict instanceof Verdict.Refused refused)) {
            return new McpCall.Judged(asked, verdict);
        }
        WideningWaits.Wait wait = parts.view().waits().of(call.account());
        if (waited && !declined(request)) {
            Verdict.Use use = within(wait.granted(), call, asked, written);
            if (use != null) {
                return new McpCall.Judged(asked, use);
            }
        }
        boolean awaits =
                Stateless.leadsUsers(request)
                        && !declined(request)
                        && within(wait.asked(), call, asked, written) != null;
        return new McpCall.Judged(asked, awaits ? new Verdict.Awaits(refused) : refused);
    }

    private static Verdict.@Nullable Use within(
            @Nullable Grant wider, Call.Verified call, Message message, WrittenJson written) {
        return wider != null
                        && McpCall.judging(call, wider).judge(message, written)
                                instanceof Verdict.Use use
                ? use
                : null;
    }

    /// Whether this very request was told to wait.
    private boolean waited(Call.Verified call, Message.Request request) {
        String sealed = Stateless.state(request.params());
        return sealed != null
                && STATE.equals(parts.view().states().open(binding(call, request), sealed));
    }

    private static String binding(Call.Verified call, Message.Request request) {
        return INPUT + " " + McpStates.binding(call, request);
    }

    // Whoever does not want to wait is refused as if nothing waited.
    private static boolean declined(Message.Request request) {
        return request.params().members().get("inputResponses") instanceof Json.Obj(var answers)
                && answers.get(INPUT) instanceof Json.Obj(var answer)
                && answer.get("action") instanceof Json.Str(var action)
                && !action.equals("accept");
    }

    /// What the ledger keeps of it.
    Problem waits(McpCall call) {
        return Problem.of(
                        "not-permitted",
                        "Not in this account's grant",
                        403,
                        "a widening of %s that would cover it waits for a human"
                                .formatted(call.verified().account()))
                .at("permitted");
    }

    /// Sends the client's user to where the decision is to be seen.
    Response told(McpCall call, Message.Request request) {
        String account = call.verified().account().value();
        Json.Obj params =
                Json.object()
                        .put("mode", "url")
                        .put(
                                "message",
                                "A human must agree before %s may do this; send the request again then"
                                        .formatted(account))
                        .put("url", parts.issuer() + "/v1/accounts/" + account)
                        .build();
        Json.Obj asked =
                Json.object().put("method", "elicitation/create").put("params", params).build();
        Json.Obj result =
                Json.object()
                        .put("resultType", "input_required")
                        .put("inputRequests", Json.object().put(INPUT, asked).build())
                        .put(
                                "requestState",
                                parts.view()
                                        .states()
                                        .seal(binding(call.verified(), request), STATE))
                        .build();
        return new Response(
                200,
                Map.of("content-type", "application/json", "cache-control", "no-store"),
                Body.of(new Message.Reply(request.id(), false, result).json().bytes()));
    }
}
