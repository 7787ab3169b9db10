package dev.daypass.edge;

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
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeoutException;

/// Forwards a permitted call and brings the answer back: the last four steps of the calling line.
/// The one place where an upstream request is built. Bodies stream both ways, each at the pace of
/// its reader.
final class Forwarding {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final EdgeParts parts;
    private final HttpClient client;
    private final Destinations destinations;

    Forwarding(EdgeParts parts, HttpClient client) {
        this.parts = parts;
        this.destinations = parts.destinations();
        this.client = client;
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
        client.request(options(call, injection))
                .onComplete(
                        request -> send(call, exchange, injection, request),
                        failure -> {
                            exchange.refund(call);
                            exchange.refuse(
                                    parts.refusals()
                                            .badUpstream(502, "the service cannot be reached"));
                        });
    }

    private RequestOptions options(Call.Permitted call, Injection injection) {
        URI base = call.verified().from().route().upstream();
        boolean tls = "https".equals(base.getScheme());
        String path =
                base.getRawPath() == null || base.getRawPath().equals("/") ? "" : base.getRawPath();
        String target = path + call.canonical().target();
        if (!injection.query().isEmpty()) {
            target += (target.indexOf('?') < 0 ? "?" : "&") + injection.query();
        }
        int port = base.getPort() >= 0 ? base.getPort() : tls ? HTTPS : HTTP;
        return new RequestOptions()
                .setMethod(io.vertx.core.http.HttpMethod.valueOf(call.canonical().method().name()))
                .setHost(base.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(target)
                .setFollowRedirects(false)
                .setConnectTimeout(parts.limits().connectTimeout().toMillis());
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
            exchange.refuse(
                    parts.refusals()
                            .badUpstream(
                                    502,
                                    "the service's name leads to an address where services may not stand"));
            return;
        }
        exchange.upstream(upstream);
        HttpServerRequest from = call.arrived().request();
        HeaderRules.toService(from.headers(), upstream.headers(), injection.header());
        upstream.headers()
                .set(
                        "accept-encoding",
                        "identity"); // what is compressed cannot be searched for echoes
        if (!injection.header().isEmpty()) {
            upstream.headers().set(injection.header(), injection.value());
        }
        upstream.response()
                .onComplete(
                        response ->
                                answered(
                                        call, exchange, new Scrubber(injection.echoes()), response),
                        failure -> exchange.refuse(failed(failure)));
        switch (call.payload()) {
            case Call.Payload.Streaming _ -> sendBody(from, upstream, exchange);
            case Call.Payload.Held(var bytes) -> {
                // Said anew: `Connection` may have named the agent's own away.
                upstream.putHeader("content-type", "application/json");
                upstream.putHeader("content-length", String.valueOf(bytes.length()));
                end(upstream, exchange, bytes);
            }
        }
    }

    private void end(HttpClientRequest upstream, Exchange exchange, Buffer last) {
        exchange.sent();
        // The service's time begins when it has everything.
        upstream.idleTimeout(parts.limits().responseTimeout().toMillis());
        upstream.end(last);
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
        from.handler(chunk -> {
            passed[0] += chunk.length();
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
                upstream.drainHandler(_ -> {
                    if (!from.isEnded()) {
                        from.resume();
                    }
                });
            }
        });
        from.endHandler(_ -> {
            if (!exchange.isOver()) {
                end(upstream, exchange, Buffer.buffer());
            }
        });
        from.resume();
    }

    private static boolean isSafe(HttpServerRequest from) {
        return from.method().equals(io.vertx.core.http.HttpMethod.GET)
                || from.method().equals(io.vertx.core.http.HttpMethod.HEAD);
    }

    /// A service that expects no body here would take it for the next request of the connection.
    private static void lastOfItsConnection(HttpClientRequest upstream) {
        upstream.putHeader("connection", "close");
    }

    private void answered(
            Call.Permitted call,
            Exchange exchange,
            Scrubber scrubber,
            HttpClientResponse response) {
        if (exchange.isOver()) {
            return;
        }
        String encoding = response.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity") && !scrubber.idle()) {
            response.request().reset();
            exchange.refuse(
                    parts.refusals()
                            .badUpstream(
                                    502,
                                    "the service answered in an encoding that was not asked for"));
            return;
        }
        var made =
                new Fact.CallMade(
                        call.arrived().service(),
                        call.by().operation().name(),
                        call.canonical().method() + " " + call.canonical().path(),
                        response.statusCode(),
                        exchange.micros());
        exchange.answered(made);
        if (call.canonical().method().safe() && !parts.readsDurableFirst()) {
            release(call, exchange, scrubber, response);
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
                        _ -> release(call, exchange, scrubber, response),
                        _ -> {
                            response.request().reset();
                            exchange.refuse(parts.refusals().unrecorded());
                        });
    }

    private void release(
            Call.Permitted call, Exchange exchange, Scrubber scrubber, HttpClientResponse from) {
        HttpServerResponse to = call.arrived().request().response();
        if (exchange.isOver()) {
            from.request().reset();
            return;
        }
        if (exchange.isBroken()) {
            exchange.refuse(brokenOff());
            return;
        }
        to.setStatusCode(from.statusCode());
        HeaderRules.toAgent(from.headers(), to.headers());
        if (!scrubber.idle()) {
            to.headers()
                    .entries()
                    .forEach(field -> scrubHeader(field.getKey(), field.getValue(), scrubber, to));
        }
        frame(call, from, to);
        new Relay(from, to, scrubber).run(exchange::settle);
    }

    private static void scrubHeader(
            String name, String value, Scrubber scrubber, HttpServerResponse to) {
        String scrubbed = scrubber.scrub(value);
        if (!scrubbed.equals(value)) {
            to.headers().set(name, scrubbed);
        }
    }

    private static void frame(Call.Permitted call, HttpClientResponse from, HttpServerResponse to) {
        String length = from.getHeader("content-length");
        boolean bodiless =
                call.canonical().method() == HttpMethod.HEAD
                        || from.statusCode() == 204
                        || from.statusCode() == 304;
        if (length != null) {
            to.putHeader("content-length", length);
        } else if (!bodiless) {
            to.setChunked(true);
        }
    }
}
