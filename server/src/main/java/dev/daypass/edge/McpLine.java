package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.mcp.ClientMethod;
import dev.daypass.mcp.Judging;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import dev.daypass.mcp.RpcCode;
import dev.daypass.mcp.Verdict;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.RequestBody;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calling line of an MCP server, from `permitted` on: each message is judged by what it asks
/// for, not by where it was posted. Nothing of a batch is sent unless all of it may be.
final class McpLine {
    private static final String ENDPOINT = "/mcp";
    private static final String SESSION = "mcp-session-id";

    private final EdgeParts parts;
    private final CallingLine line;
    private final Injector injector;
    private final McpForwarding forwarding;
    private final McpRefusals refusals;
    private final McpEras eras;
    private final McpApprovals approvals;

    McpLine(EdgeParts parts, CallingLine line, Injector injector, McpForwarding forwarding) {
        this.parts = parts;
        this.line = line;
        this.injector = injector;
        this.forwarding = forwarding;
        this.eras = new McpEras(parts);
        this.approvals = new McpApprovals(parts);
        this.refusals = new McpRefusals(parts.refusals());
    }

    void serve(Call.Read call, Exchange exchange) {
        Call.Verified verified = call.verified();
        if (!call.canonical().target().equals(ENDPOINT)) {
            exchange.refuse(
                    Problem.notFound(
                                    "service `%s` is an MCP server, at /%s/mcp"
                                            .formatted(
                                                    verified.arrived().service(),
                                                    verified.arrived().service()))
                            .at("permitted"));
            return;
        }
        Problem foreign = foreign(verified.arrived().request());
        if (foreign != null) {
            exchange.refuse(foreign);
            return;
        }
        switch (call.canonical().method()) {
            case POST -> post(verified, exchange);
            case GET, DELETE -> ofSession(call, exchange);
            case HEAD, PUT, PATCH, OPTIONS -> exchange.refuse(McpRefusals.wrongMethod());
        }
    }

    /// Without a session there is nothing to follow and nothing to end.
    private void ofSession(Call.Read call, Exchange exchange) {
        Call.Verified verified = call.verified();
        if (verified.arrived().request().getHeader(SESSION) == null) {
            exchange.refuse(McpRefusals.wrongMethod());
        } else if (call.canonical().method() == HttpMethod.GET) {
            stream(verified, exchange);
        } else {
            end(verified, exchange);
        }
    }

    /// A page of another site must not speak for an agent (revision 2025-11-25, Security Warning).
    private @Nullable Problem foreign(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        return origin == null || origin.equals(parts.issuer())
                ? null
                : Problem.of(
                                "not-permitted",
                                "Not in this account's grant",
                                403,
                                "pages of this origin may not call")
                        .at("permitted");
    }

    private void post(Call.Verified verified, Exchange exchange) {
        HttpServerRequest request = verified.arrived().request();
        exchange.begin();
        String objection = RequestBody.objection(request.headers());
        if (!objection.isEmpty()) {
            exchange.refuse(parts.refusals().malformed("permitted", objection));
            return;
        }
        new WholeBody(exchange, parts, "permitted", MessageReader.CLIENT_BYTES_MAX)
                .read(request, body -> read(verified, exchange, body.getBytes()));
    }

    private void read(Call.Verified verified, Exchange exchange, byte[] body) {
        Problem late = line.tooLate(verified);
        if (late != null) {
            exchange.refuse(late);
            return;
        }
        switch (MessageReader.ofClient().read(body)) {
            case MessageReader.Reading.Malformed(var code, var why) -> {
                Problem problem = parts.refusals().malformed("permitted", why);
                exchange.refuse(problem, McpRefusals.told(new Json.Null(), problem, code, 400));
            }
            case MessageReader.Reading.Messages messages -> judge(verified, exchange, messages);
        }
    }

    private void judge(
            Call.Verified verified, Exchange exchange, MessageReader.Reading.Messages messages) {
        Judging judging = McpCall.judging(verified);
        var judged = new ArrayList<McpCall.Judged>();
        messages.all()
                .forEach(
                        m -> judged.add(approvals.judge(verified, judging, m, messages.written())));
        var call = new McpCall(verified, exchange, judging, judged, messages.batch(), null);
        switch (eras.place(call)) {
            case McpEras.Place.Nowhere(var why, var code) ->
                    call.exchange()
                            .refuse(why, McpRefusals.told(call.firstId(), why, code, why.status()));
            case McpEras.Place.Within(var within) -> permit(within);
        }
    }

    private Problem malformed(String why) {
        return parts.refusals().malformed("permitted", why);
    }

    private void refuse(McpCall call, Problem why, int code) {
        call.exchange().refuse(why, McpRefusals.told(call, why, code));
    }

    private void refuse(McpCall call, Verdict.Refused refused) {
        refuse(call, refusals.notPermitted(call, refused), refused.code());
    }

    private void permit(McpCall call) {
        for (McpCall.Judged judged : call.messages()) {
            if (judged.verdict() instanceof Verdict.Awaits(var otherwise)) {
                Message.Request alone = call.alone();
                if (alone == null) {
                    refuse(call, otherwise);
                } else {
                    call.exchange().refuse(approvals.waits(call), approvals.told(call, alone));
                }
                return;
            }
            if (judged.verdict() instanceof Verdict.Refused refused) {
                refuse(call, refused);
                return;
            }
        }
        String objection = unexpected(call);
        if (!objection.isEmpty()) {
            refuse(call, malformed(objection), RpcCode.INVALID_REQUEST);
            return;
        }
        List<Call.Permitted> uses = call.uses();
        for (Call.Permitted use : uses) {
            if (line.decide(use).then(line::reachable) instanceof Step.Stop<?>(var why)) {
                giveUp(call, why, RpcCode.NOT_PERMITTED);
                return;
            }
        }
        charge(call, uses, 0);
    }

    /// Answers must be to what was asked, and no two requests under way may have one id.
    private static String unexpected(McpCall call) {
        McpSession session = call.session();
        var expected = new ArrayList<String>();
        for (McpCall.Judged judged : call.messages()) {
            String objection = "";
            switch (judged.message()) {
                case Message.Reply reply -> {
                    if (session == null || !session.answered(reply.key())) {
                        objection = "it answers nothing that was asked";
                    }
                }
                case Message.Request request -> {
                    ClientMethod method = ClientMethod.of(request.method()).orElseThrow();
                    var answer = new McpSession.Expected(method, judged.limits(), 0);
                    if (session != null && session.expect(request.key(), answer)) {
                        expected.add(request.key());
                    } else if (session != null) {
                        objection = "another request of this id, or too many, are under way";
                    }
                }
                case Message.Notification _ -> {}
            }
            if (!objection.isEmpty()) {
                if (session != null) {
                    expected.forEach(session::expected);
                }
                return objection;
            }
        }
        return "";
    }

    /// The server's answers to these requests are awaited.
    static void expectAll(McpCall call) {
        unexpected(call);
    }

    /// Refuses what was expected to be answered by the server.
    private void giveUp(McpCall call, Problem why, int code) {
        call.forget();
        refuse(call, why, code);
    }

    private void charge(McpCall call, List<Call.Permitted> uses, int at) {
        Exchange exchange = call.exchange();
        if (at == uses.size()) {
            inject(call);
            return;
        }
        line.charge(uses.get(at), exchange)
                .onComplete(
                        charged -> {
                            if (charged) {
                                charge(call, uses, at + 1);
                            } else {
                                uses.subList(0, at).forEach(exchange::refund);
                                Problem spent =
                                        parts.refusals().spent(call.verified().account().value());
                                giveUp(call, spent, RpcCode.NOT_PERMITTED);
                            }
                        },
                        failure -> {
                            call.forget();
                            exchange.fail(failure);
                        });
    }

    private void inject(McpCall call) {
        var tenant = call.verified().token().claims().tenant();
        injector.inject(tenant, call.verified().from().route())
                .onComplete(
                        injection -> send(call, injection),
                        failure -> {
                            call.uses().forEach(call.exchange()::refund);
                            Problem why = parts.refusals().noCredential(failure);
                            giveUp(call, why, RpcCode.SERVER_FAILED);
                        });
    }

    private void send(McpCall call, Injection injection) {
        try {
            forwarding.post(call, injection);
        } catch (WireException e) {
            giveUp(call, malformed(String.valueOf(e.getMessage())), RpcCode.INVALID_PARAMS);
        }
    }

    private void stream(Call.Verified verified, Exchange exchange) {
        McpSession session = named(verified);
        String last = verified.arrived().request().getHeader("last-event-id");
        if (session == null) {
            exchange.refuse(McpRefusals.noSession());
        } else if (last != null && !session.sentBefore(last)) {
            exchange.refuse(
                    malformed("`Last-Event-ID` names no event that was sent in this session"));
        } else {
            exchange.begin();
            withInjection(
                    verified,
                    exchange,
                    injection ->
                            forwarding.stream(
                                    new McpCall(
                                            verified,
                                            exchange,
                                            McpCall.judging(verified),
                                            List.of(),
                                            false,
                                            session),
                                    injection,
                                    last));
        }
    }

    private void end(Call.Verified verified, Exchange exchange) {
        McpSession session = named(verified);
        if (session == null) {
            exchange.refuse(McpRefusals.noSession());
            return;
        }
        parts.view().sessions().end(session);
        if (session.upstream() == null) {
            exchange.answer(Response.empty(200));
            return;
        }
        exchange.begin();
        withInjection(
                verified,
                exchange,
                injection -> forwarding.end(verified, exchange, session, injection));
    }

    private @Nullable McpSession named(Call.Verified verified) {
        String id = verified.arrived().request().getHeader(SESSION);
        return id == null ? null : parts.view().sessions().find(id, McpSession.Owner.of(verified));
    }

    private void withInjection(
            Call.Verified verified,
            Exchange exchange,
            java.util.function.Consumer<Injection> then) {
        injector.inject(verified.token().claims().tenant(), verified.from().route())
                .onComplete(
                        then::accept,
                        failure -> exchange.refuse(parts.refusals().noCredential(failure)));
    }
}
