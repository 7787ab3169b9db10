package dev.daypass.edge;

import dev.daypass.authority.PeerIdentity;
import dev.daypass.dpop.Proofs;
import dev.daypass.dpop.Proofs.Verdict;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.http.Peers;
import dev.daypass.http.Problem;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.token.VerifiedToken;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// Whose token a call carries, and whether the caller may use it: the steps `authenticate` and
/// `verify`, and of `fresh` what concerns proofs.
///
/// What costs little comes first. The token is judged before the proof, so that a stranger's proof
/// costs nothing; the proof's signature comes after everything else of it, and only then is it put
/// down as used, so that nobody uses up another's.
final class TokenCheck {
    private static final String AUTHENTICATE = "authenticate";
    private static final String VERIFY = "verify";
    private static final String FRESH = "fresh";
    private static final String BEARER = "Bearer ";
    private static final String DPOP = "DPoP ";

    private final EdgeParts parts;
    private final Proofs proofs;

    TokenCheck(EdgeParts parts) {
        this.parts = parts;
        this.proofs = parts.trust().proofs();
    }

    Step<Call.Authenticated> authenticate(Call.Arrived arrived) {
        ServiceRoute route = parts.view().route(arrived.service());
        if (route == null) {
            return Step.stop(Problem.notFound("no service `%s`".formatted(arrived.service())));
        }
        List<String> credentials = arrived.request().headers().getAll("authorization");
        if (credentials.isEmpty()) {
            return Step.stop(parts.refusals().noToken(arrived.service().value()));
        }
        if (credentials.size() > 1) {
            return malformed("more than one Authorization field");
        }
        String credential = credentials.getFirst();
        boolean bearer = credential.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!bearer && !credential.regionMatches(true, 0, DPOP, 0, DPOP.length())) {
            return Step.stop(
                    parts.refusals()
                            .invalidToken(
                                    AUTHENTICATE,
                                    arrived.service().value(),
                                    "only the schemes DPoP, with a proof, and Bearer, with a client certificate, are accepted"));
        }
        String token = credential.substring((bearer ? BEARER : DPOP).length()).strip();
        if (!isOne(token)) {
            return malformed("the Authorization field holds more than one token, or none");
        }
        return bearer
                ? bearer(arrived, route, token)
                : Step.go(
                        new Call.Authenticated(
                                arrived,
                                route,
                                token,
                                new Call.Shown.Proof(
                                        arrived.request().headers().getAll(Proofs.FIELD))));
    }

    /// Neither several credentials in one field nor parameters; whether it is a token is judged
    /// later.
    private static boolean isOne(String token) {
        return !token.isEmpty()
                && token.indexOf(' ') < 0
                && token.indexOf('\t') < 0
                && token.indexOf(',') < 0;
    }

    private Step<Call.Authenticated> malformed(String detail) {
        return Step.stop(parts.refusals().malformed(AUTHENTICATE, detail));
    }

    private Step<Call.Authenticated> bearer(
            Call.Arrived arrived, ServiceRoute route, String token) {
        if (arrived.request().headers().contains(Proofs.FIELD)) {
            return malformed("a DPoP proof beside a token of scheme Bearer; its scheme is DPoP");
        }
        return switch (parts.trust()
                .peers()
                .of(Peers.certificate(arrived.request()), parts.clock().instant())) {
            case PeerIdentity.Agent(var _, var key) ->
                    Step.go(
                            new Call.Authenticated(
                                    arrived, route, token, new Call.Shown.Certificate(key)));
            case PeerIdentity.NotAnAgent(var why) ->
                    route.acceptUnbound()
                            ? Step.go(
                                    new Call.Authenticated(
                                            arrived, route, token, new Call.Shown.Nothing(why)))
                            : Step.stop(
                                    parts.refusals()
                                            .invalidToken(
                                                    AUTHENTICATE, arrived.service().value(), why));
        };
    }

    Step<Call.Verified> verify(Call.Authenticated call) {
        VerifiedToken token = parts.view().tokens().getIfPresent(call.token());
        if (token == null) {
            switch (VerifiedToken.verify(
                    call.token(), parts.signatures(), parts.issuer(), parts.link()::largeGrant)) {
                case VerifiedToken.Verdict.Refused(var why) -> {
                    return refused(call, why);
                }
                case VerifiedToken.Verdict.Accepted(var accepted) -> {
                    token = accepted;
                    parts.view().tokens().put(call.token(), accepted);
                }
            }
        }
        String objection = objection(call, token);
        return objection.isEmpty() ? held(call, token) : refused(call, objection);
    }

    /// What time does to a token while a call is under way; empty for nothing. That it is the
    /// caller's has been proved.
    String objection(Call.Authenticated call, VerifiedToken token) {
        String audience = parts.issuer() + "/" + call.arrived().service();
        return token.objection(parts.clock().instant(), audience);
    }

    private Step<Call.Verified> held(Call.Authenticated call, VerifiedToken token) {
        return switch (token.binding()) {
            case KeyThumbprint.Certificate own ->
                    switch (call.shown()) {
                        case Call.Shown.Certificate(var key) when key.equals(own) ->
                                Step.go(new Call.Verified(call, token, null));
                        case Call.Shown.Certificate _ ->
                                refused(call, "token is bound to another key than the one shown");
                        case Call.Shown.Proof _ ->
                                refused(
                                        call,
                                        "token is bound to a certificate: its scheme is Bearer, over a connection with that certificate");
                        case Call.Shown.Nothing(var why) -> refused(call, why);
                    };
            case KeyThumbprint.Jwk key ->
                    call.shown() instanceof Call.Shown.Proof(var fields)
                            ? proved(call, token, key, fields)
                            : refused(
                                    call,
                                    "token is bound to a DPoP key: its scheme is DPoP, with a proof");
            case null -> unbound(call, token);
        };
    }

    /// Nobody can tell whose such a token is: only where an operator said that this is accepted.
    private Step<Call.Verified> unbound(Call.Authenticated call, VerifiedToken token) {
        if (call.shown() instanceof Call.Shown.Proof) {
            return refused(call, "token is bound to no key: its scheme is Bearer");
        }
        return call.route().acceptUnbound()
                ? Step.go(new Call.Verified(call, token, null))
                : refused(call, "token is bound to no key, and this service does not accept that");
    }

    private Step<Call.Verified> proved(
            Call.Authenticated call,
            VerifiedToken token,
            KeyThumbprint.Jwk key,
            List<String> fields) {
        HttpServerRequest request = call.arrived().request();
        var wanted =
                ProvedRequest.with(
                        call.token(), call.arrived().method().name(), external(request.uri()));
        ServiceId service = call.arrived().service();
        return switch (proofs.judge(fields, wanted, key)) {
            case Verdict.Proved proof -> {
                if (proof.renewed() != null) {
                    request.response().putHeader(Proofs.NONCE_FIELD, proof.renewed());
                }
                yield Step.go(new Call.Verified(call, token, proof));
            }
            case Verdict.Refused(var why) ->
                    Step.stop(parts.refusals().invalidProof(VERIFY, service.value(), why));
            case Verdict.NonceWanted(var why) ->
                    Step.stop(parts.refusals().nonceWanted(service.value(), why, proofs.nonce()));
        };
    }

    /// The URL as the caller knows it: under our issuer, whatever `Host` and forwarding fields say.
    private String external(String target) {
        int mark = target.indexOf('?');
        return parts.issuer() + (mark < 0 ? target : target.substring(0, mark));
    }

    /// Whether the call's proof was used before. Asked once for each call.
    Step<Call.Verified> unused(Call.Verified call) {
        Verdict.Proved proof = call.proof();
        if (proof == null) {
            return Step.go(call);
        }
        return switch (proofs.use(call.token().claims().agent().value(), proof)) {
            case FIRST -> Step.go(call);
            case AGAIN ->
                    Step.stop(
                            parts.refusals()
                                    .invalidProof(
                                            FRESH,
                                            call.arrived().service().value(),
                                            "proof was used before (`jti`)"));
            case NO_ROOM ->
                    Step.stop(
                            Problem.unavailable(
                                            "so many proofs were used in the last two minutes that this one cannot be remembered")
                                    .at(FRESH));
        };
    }

    private Step<Call.Verified> refused(Call.Authenticated call, String why) {
        return Step.stop(
                parts.refusals().invalidToken(VERIFY, call.arrived().service().value(), why));
    }
}
