package dev.daypass.edge;

import dev.daypass.http.ConnectLimit;
import dev.daypass.http.Problem;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.HttpMethod;
import dev.daypass.token.Claims;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forwards a permitted call and brings the answer back: the last four steps of the calling line.
/// The one place where an upstream request is built. Bodies stream both ways, each at the pace of
/// its reader.
final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final int UNAUTHORIZED = 401;

    private final EdgeParts parts;
    private final HttpClient client;
    private final Destinations destinations;
    private final OutgoingFields outgoing;
    private final Delivery delivery;
    private final Sockets sockets;

    Forwarding(EdgeParts parts, HttpClient client, Vertx vertx) {
        this.parts = parts;
        this.destinations = parts.destinations();
        this.client = client;
        this.outgoing = new OutgoingFields(parts);
        this.delivery = new Delivery(parts);
        this.sockets = new Sockets(parts, outgoing, vertx);
    }

    void forward(Call.Permitted call, Exchange exchange, Injection injection) {
        if (injection.clashes(call.canonical())) {
            exchange.refund(call);
            exchange.refuse(
                    parts.refusals()
                            .malformed(
                                    "inject",
                                    "the query holds an argument that is not yours to give"));
            return;
        }
        if (Sockets.askedFor(call.arrived().request())) {
            var bodiless = new Call.Payload.Whole(Buffer.buffer());
            sockets.forward(call.with(bodiless), exchange, injection);
            return;
        }
        RequestSigner signer = injection.means().signer();
        boolean waits =
                signer != null
                        && call.payload() instanceof Call.Payload.Streaming
                        && signer.wantsBody(UpstreamTarget.tls(call));
        if (waits) {
            new WholeBody(exchange, parts)
                    .read(
                            call.arrived().request(),
                            body ->
                                    connect(
                                            call.with(new Call.Payload.Whole(body)),
                                            exchange,
                                            injection));
        } else {
            connect(call, exchange, injection);
        }
    }

    private void connect(Call.Permitted call, Exchange exchange, Injection injection) {
        client.request(UpstreamTarget.options(call, injection).setConnectTimeout(placeMillis()))
                .onComplete(
                        request -> {
                            parts.protection().connected(call.verified().from().route());
                            send(call, exchange, injection, request);
                        },
                        failure -> {
                            exchange.refund(call);
                            if (!crowded(failure) && !(failure instanceof ConnectLimit.Forbidden)) {
                                parts.protection().failed(call.verified().from().route());
                            }
                            exchange.refuse(unreachable(call, failure));
                        });
    }

    /// For a free connection: longer than a new one may take, so that the two are told apart.
    private long placeMillis() {
        return 2 * parts.limits().connectTimeout().toMillis() + 1_000;
    }

    /// All connections to the service are in use, which says nothing against it.
    private static boolean crowded(Throwable failure) {
        return failure instanceof io.vertx.core.http.ConnectionPoolTooBusyException
                || failure instanceof io.vertx.core.impl.NoStackTraceTimeoutException;
    }

    private Problem unreachable(Call.Permitted call, Throwable failure) {
        if (failure instanceof ConnectLimit.Forbidden) {
            return parts.refusals().leadsElsewhere();
        }
        if (crowded(failure)) {
            return Problem.unavailable("all connections to the service are in use").at("forward");
        }
        if (!(failure instanceof SSLException)) {
            return parts.refusals().badUpstream(502, "the service cannot be reached");
        }
        LOG.warn("service `{}`: tls: {}", call.arrived().service(), failure.getMessage());
        return parts.refusals()
                .badUpstream(
                        502,
                        "there is no tls connection with the service: one side does not take the other's certificate");
    }

    private void send(
            Call.Permitted call,
            Exchange exchange,
            Injection injection,
            HttpClientRequest upstream) {
        upstream.exceptionHandler(_ -> {}); // the answer's future fails too
        if (exchange.isOver()) {
            upstream.reset();
            return;
        }
        if (!destinations.permits(upstream)) {
            exchange.refund(call);
            exchange.refuse(parts.refusals().leadsElsewhere());
            return;
        }
        exchange.upstream(upstream);
        AnswerBytes.forget(upstream.connection());
        Needles echoes = outgoing.fill(call, injection, upstream);
        upstream.response()
                .onComplete(
                        response ->
                                answered(new Answer(call, exchange, injection, echoes, response)),
                        failure -> unanswered(call, exchange, injection, failure));
        switch (call.payload()) {
            case Call.Payload.Streaming _ -> sendBody(call.arrived().request(), upstream, exchange);
            case Call.Payload.Held(var bytes) -> end(upstream, exchange, bytes);
            case Call.Payload.Whole(var bytes) -> end(upstream, exchange, bytes);
        }
    }

    private void end(HttpClientRequest upstream, Exchange exchange, Buffer last) {
        sent(upstream, exchange);
        upstream.end(last);
    }

    private void sent(HttpClientRequest upstream, Exchange exchange) {
        exchange.sent();
        // The service's time begins when it has everything.
        upstream.idleTimeout(parts.limits().responseTimeout().toMillis());
    }

    private void unanswered(
            Call.Permitted call, Exchange exchange, Injection injection, Throwable failure) {
        HttpMethod method = call.canonical().method();
        if (!exchange.isOver() && exchange.maybeAgain(method, failure)) {
            connect(call.with(new Call.Payload.Whole(Buffer.buffer())), exchange, injection);
        } else {
            exchange.refuse(failed(method, failure));
        }
    }

    private Problem failed(HttpMethod method, Throwable failure) {
        Problem why = failed(failure);
        return method.safe()
                ? why
                : why.next("find out at the service what was done before you call again");
    }

    private Problem failed(Throwable failure) {
        return failure instanceof TimeoutException
                        || String.valueOf(failure.getMessage()).contains("imeout")
                ? parts.refusals().badUpstream(504, "the service did not answer in time")
                : brokenOff();
    }

    private Problem brokenOff() {
        return parts.refusals().badUpstream(502, "the service broke the connection off");
    }

    /// Passes the body on. Over HTTP/2 only its first byte, or its end, tells whether there is one.
    private void sendBody(HttpServerRequest from, HttpClientRequest upstream, Exchange exchange) {
        String length = from.getHeader("content-length");
        if (length != null) {
            upstream.putHeader("content-length", length);
        }
        boolean safe = isSafe(from);
        if (safe && length != null && !length.equals("0")) {
            lastOfItsConnection(upstream);
        }
        var passed = new long[1];
        var pace = new BodyPace(from, exchange, "forward");
        from.handler(chunk -> {
            passed[0] += chunk.length();
            pace.came(chunk.length());
            exchange.bodied();
            if (exchange.isOver()) {
                return;
            }
            if (passed[0] > parts.limits().bodyBytesMax()) {
                exchange.refuse(parts.refusals().tooLong("forward", parts.limits().bodyBytesMax()));
                return;
            }
            if (length == null && passed[0] == chunk.length()) {
                upstream.setChunked(true);
                if (safe) {
                    lastOfItsConnection(upstream);
                }
            }
            upstream.write(chunk);
            if (upstream.writeQueueFull()) {
                from.pause();
                pace.pause();
                upstream.drainHandler(_ -> {
                    pace.goOn();
                    if (!from.isEnded()) {
                        from.resume();
                    }
                });
            }
        });
        from.endHandler(_ -> {
            pace.ended();
            if (!exchange.isOver()) {
                sent(upstream, exchange);
                upstream.end();
            }
        });
        from.resume();
        pace.expect(parts);
    }

    private static boolean isSafe(HttpServerRequest from) {
        return from.method().equals(io.vertx.core.http.HttpMethod.GET)
                || from.method().equals(io.vertx.core.http.HttpMethod.HEAD);
    }

    /// A service that expects no body here would take it for the next request of the connection.
    private static void lastOfItsConnection(HttpClientRequest upstream) {
        upstream.putHeader("connection", "close");
    }

    /// What a service answered to a call.
    record Answer(
            Call.Permitted call,
            Exchange exchange,
            Injection injection,
            Needles echoes,
            HttpClientResponse response) {
        int status() {
            return response.statusCode();
        }

        @Override
        public String toString() {
            return "Answer[" + status() + "]";
        }
    }

    private void answered(Answer answer) {
        Exchange exchange = answer.exchange();
        HttpClientResponse response = answer.response();
        if (exchange.isOver() || triedAgain(answer)) {
            return;
        }
        String encoding = response.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity") && !answer.echoes().idle()) {
            response.request().reset();
            exchange.refuse(
                    parts.refusals()
                            .badUpstream(
                                    502,
                                    "the service answered in an encoding that was not asked for"));
            return;
        }
        Call.Permitted call = answer.call();
        Needles cookies = outgoing.keepCookies(call, answer.injection(), response);
        var scrubber = new Scrubber(answer.echoes().and(cookies));
        var made =
                new Fact.CallMade(
                        call.arrived().service(),
                        call.by().operation().name(),
                        call.canonical().method() + " " + call.canonical().path(),
                        response.statusCode(),
                        exchange.micros());
        exchange.answered(made);
        boolean changes = !call.canonical().method().safe();
        if (!changes && !parts.readsDurableFirst() && !exchange.wantsReceipt()) {
            delivery.deliver(answer, scrubber);
            return;
        }
        response.pause();
        response.exceptionHandler(_ -> exchange.broken());
        exchange.answered(null); // it is recorded now
        Claims claims = call.verified().token().claims();
        // For a call that changes something the answer waits until the fact is durable.
        Future.fromCompletionStage(
                        parts.link()
                                .record(claims.tenant(), claims.account(), claims.agent(), made),
                        Vertx.currentContext())
                .onComplete(
                        fact -> {
                            exchange.receipt(fact);
                            delivery.deliver(answer, scrubber);
                        },
                        _ -> {
                            response.request().reset();
                            exchange.refuse(parts.refusals().unrecorded());
                        });
    }

    /// Where the service does not take its own server's token any more, a call that changes nothing
    /// and had no body is made once again with a newer one.
    private boolean triedAgain(Answer answer) {
        Injection.Lease lease = answer.injection().means().lease();
        if (lease == null) {
            return false;
        }
        if (answer.status() != UNAUTHORIZED) {
            lease.taken();
            return false;
        }
        Future<Injection> another = lease.another();
        Call.Permitted call = answer.call();
        Exchange exchange = answer.exchange();
        boolean harmless = call.canonical().method().safe() && exchange.sentWithoutBody();
        if (another == null || !harmless) {
            return false;
        }
        answer.response().request().reset();
        another.onComplete(
                injection ->
                        connect(
                                call.with(new Call.Payload.Whole(Buffer.buffer())),
                                exchange,
                                injection.lasting()),
                failure -> exchange.refuse(parts.refusals().noCredential(failure)));
        return true;
    }
}
