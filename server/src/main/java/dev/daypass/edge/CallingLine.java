package dev.daypass.edge;

import dev.daypass.budget.Allowance;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Problem;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.AmbiguousRequest;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.Coverage;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.RequestBody;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Stage;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The calling line, read top to bottom: `authenticate → verify → fresh → permitted → decide →
/// charge → inject → forward → scrub → record`, with `admit` before what takes room. One for each
/// event loop; everything up to `charge` is plain code that takes microseconds.
final class CallingLine {
    private static final String NOTHING_FITS = "no operation of the grant fits";

    private final EdgeParts parts;
    private final TokenCheck check;
    private final Forwarding forwarding;
    private final Injector injector;
    private final McpLine mcp;

    CallingLine(EdgeParts parts, Forwarding forwarding, Injector injector, McpForwarding mcp) {
        this.parts = parts;
        this.check = new TokenCheck(parts);
        this.forwarding = forwarding;
        this.injector = injector;
        this.mcp = new McpLine(parts, this, injector, mcp);
    }

    void call(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, parts);
        try {
            walk(request, exchange);
        } catch (RuntimeException e) {
            exchange.refuse(Dispatcher.incident(e));
        }
    }

    private void walk(HttpServerRequest request, Exchange exchange) {
        Step<Call.Read> walked =
                arrive(request)
                        .then(check::authenticate)
                        .then(check::verify)
                        .then(verified -> fresh(verified, exchange))
                        .then(this::read)
                        .then(read -> admit(read, exchange));
        switch (walked) {
            case Step.Stop<Call.Read>(var why) -> exchange.refuse(why);
            case Step.Go<Call.Read>(var read) -> permit(read, exchange);
        }
    }

    /// So many calls are under way at once and no more: before anything of a body is held.
    private Step<Call.Read> admit(Call.Read call, Exchange exchange) {
        Call.Verified verified = call.verified();
        AgentId agent = verified.token().claims().agent();
        ServiceId service = verified.arrived().service();
        return switch (parts.protection().places().enter(verified.account(), agent, service)) {
            case Places.Entry.Had(var place) -> {
                exchange.take(place);
                yield Step.go(call);
            }
            case Places.Entry.Full(var whose, var max) ->
                    Step.stop(parts.refusals().full(whose, max));
        };
    }

    /// Where the body decides, too, it is awaited; else nothing of it is read before there is
    /// somewhere to send it.
    private void permit(Call.Read call, Exchange exchange) {
        if (call.verified().from().route().pins() != null) {
            mcp.serve(call, exchange);
            return;
        }
        switch (covered(call, new RequestBody.Unread())) {
            case Coverage.Covered(var by) -> {
                call.verified().arrived().request().pause();
                exchange.begin();
                goOn(call.permitted(by, new Call.Payload.Streaming()), exchange);
            }
            case Coverage.NeedsBody _ -> {
                exchange.begin();
                new BodyReading(call, exchange, parts)
                        .read(held -> permitHeld(call, exchange, held));
            }
            case Coverage.NotCovered(var why) -> exchange.refuse(notPermitted(call, why));
            case Coverage.OtherPath() -> exchange.refuse(notPermitted(call, NOTHING_FITS));
        }
    }

    private void permitHeld(Call.Read call, Exchange exchange, BodyReading.Held held) {
        Problem late = tooLate(call.verified());
        if (late != null) {
            exchange.refuse(late);
            return;
        }
        switch (covered(call, held.body())) {
            case Coverage.Covered(var by) ->
                    goOn(call.permitted(by, new Call.Payload.Held(held.bytes())), exchange);
            case Coverage.NotCovered(var why) -> exchange.refuse(notPermitted(call, why));
            case Coverage.NeedsBody _, Coverage.OtherPath _ ->
                    exchange.refuse(notPermitted(call, NOTHING_FITS));
        }
    }

    /// The token may have run out while the body came; an account that ended has cut the call.
    @Nullable Problem tooLate(Call.Verified verified) {
        String objection = check.objection(verified.from(), verified.token());
        if (!objection.isEmpty()) {
            String service = verified.arrived().service().value();
            return parts.refusals().invalidToken("verify", service, objection);
        }
        return parts.link().fresh() ? null : parts.refusals().stale();
    }

    private void goOn(Call.Permitted permitted, Exchange exchange) {
        switch (decide(permitted).then(this::reachable)) {
            case Step.Stop<Call.Permitted>(var why) -> exchange.refuse(why);
            case Step.Go<Call.Permitted> _ ->
                    charge(permitted, exchange)
                            .onComplete(
                                    charged -> inject(permitted, exchange, charged),
                                    failure -> exchange.fail(failure));
        }
    }

    private Step<Call.Arrived> arrive(HttpServerRequest request) {
        String uri = request.uri();
        int end = 1;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        String rest = uri.substring(end);
        try {
            var service = new ServiceId(uri.substring(1, end));
            HttpMethod method = HttpMethod.of(request.method().name()).orElseThrow();
            String ip = request.remoteAddress().hostAddress();
            return Step.go(
                    new Call.Arrived(
                            request,
                            method,
                            service,
                            rest.startsWith("/") ? rest : "/" + rest,
                            ip == null ? "" : ip));
        } catch (InvalidName _) {
            return Step.stop(Problem.notFound("no such endpoint or service"));
        }
    }

    private Step<Call.Verified> fresh(Call.Verified call, Exchange exchange) {
        // Registered before the look: an account that ends in between finds the call and cuts it.
        exchange.enter(call);
        if (!parts.link().fresh()) {
            return Step.stop(parts.refusals().stale());
        }
        if (parts.view().ended(call.account())) {
            return Step.stop(
                    parts.refusals()
                            .invalidToken(
                                    "fresh",
                                    call.arrived().service().value(),
                                    "account " + call.account() + " has ended"));
        }
        return check.unused(call);
    }

    private Step<Call.Read> read(Call.Verified call) {
        Call.Arrived arrived = call.arrived();
        if (HeaderRules.overridesMethod(arrived.request().headers())) {
            return Step.stop(
                    parts.refusals()
                            .malformed("permitted", "a header field asks for another method"));
        }
        try {
            var line = CanonicalRequest.parse(arrived.method(), arrived.target());
            return Step.go(new Call.Read(call, line.with(arrived.request().headers())));
        } catch (AmbiguousRequest e) {
            return Step.stop(
                    parts.refusals().malformed("permitted", String.valueOf(e.getMessage())));
        }
    }

    private static Coverage covered(Call.Read call, RequestBody body) {
        Call.Verified verified = call.verified();
        return verified.token()
                .grant()
                .covers(
                        verified.arrived().service(),
                        call.canonical(),
                        verified.from().route().surface(),
                        body);
    }

    private Problem notPermitted(Call.Read call, String why) {
        String account = call.verified().account().value();
        return parts.refusals()
                .notPermitted(
                        call.verified().arrived().service().value(),
                        account,
                        why + " of " + account);
    }

    Step<Call.Permitted> decide(Call.Permitted call) {
        if (!parts.view().rules().concern(Stage.CALL)) {
            return Step.go(call);
        }
        return switch (parts.view().rules().decide(parts.policyInput(call))) {
            case Decision.Allow _, Decision.Capped _ -> Step.go(call);
            case Decision.Deny(var rule, var message) ->
                    Step.stop(parts.refusals().denied(rule, message));
            case Decision.NeedsApproval(var needs, var _) ->
                    Step.stop(
                            parts.refusals()
                                    .denied(
                                            needs.getFirst().rule(),
                                            "a human would have to agree to this call"));
        };
    }

    /// A service that cannot be connected to is left alone, and costs nothing. What changes
    /// something is not begun where it could not be recorded.
    Step<Call.Permitted> reachable(Call.Permitted call) {
        if (!call.canonical().method().safe() && !parts.link().recording()) {
            return Step.stop(parts.refusals().stale());
        }
        Duration wait = parts.protection().wait(call.verified().from().route());
        return wait.isZero()
                ? Step.go(call)
                : Step.stop(parts.refusals().leftAlone(call.arrived().service().value(), wait));
    }

    /// Takes one call from the budget; how many are at hand is set aside durably, some at a time.
    Future<Boolean> charge(Call.Permitted call, Exchange exchange) {
        Long callsMax = call.verified().token().claims().budget().calls();
        if (callsMax == null) {
            return Future.succeededFuture(true);
        }
        exchange.count();
        Allowance allowance = parts.view().allowance(call.account());
        if (allowance.take()) {
            return Future.succeededFuture(true);
        }
        var tenant = call.verified().token().claims().tenant();
        return Future.fromCompletionStage(
                        parts.link().reserve(tenant, call.account(), Allowance.chunk(callsMax)),
                        io.vertx.core.Vertx.currentContext())
                .map(had -> {
                    allowance.add(had);
                    return allowance.take();
                });
    }

    private void inject(Call.Permitted call, Exchange exchange, boolean charged) {
        if (!charged) {
            exchange.refuse(parts.refusals().spent(call.account().value()));
            return;
        }
        var tenant = call.verified().token().claims().tenant();
        injector.inject(tenant, call.verified().from().route())
                .onComplete(
                        injection -> forwarding.forward(call, exchange, injection),
                        failure -> {
                            exchange.refund(call);
                            exchange.refuse(parts.refusals().noCredential(failure));
                        });
    }

    static void write(HttpServerRequest request, Problem problem) {
        Dispatcher.write(request.response(), problem.toResponse());
    }

    /// The fact of a call that was refused after it was known whose it is.
    static Fact.CallRefused refused(Call.Verified call, Problem why) {
        return new Fact.CallRefused(call.arrived().service(), why.step(), why.detail());
    }
}
