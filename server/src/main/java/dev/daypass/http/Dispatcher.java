package dev.daypass.http;

import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a request whole, hands it to its route and writes the answer. What no route knows goes to
/// `otherwise`.
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /// The step of what is refused before anybody knows what it asks for.
    private static final String STEP = "admit";

    private static final long LINGER_MILLIS = 1_000;

    private final Routes routes;
    private final Streaming otherwise;

    /// What takes requests that are not read whole.
    @FunctionalInterface
    public interface Streaming {
        void handle(HttpServerRequest request);
    }

    public Dispatcher(Routes routes, Streaming otherwise) {
        this.routes = routes;
        this.otherwise = otherwise;
    }

    public Dispatcher(Routes routes) {
        this(
                routes,
                request ->
                        write(
                                request.response(),
                                Problem.notFound("no such endpoint").toResponse()));
    }

    /// @param bodyTime for a body that is read whole
    public void handle(HttpServerRequest request, Duration bodyTime) {
        String objection = RequestForm.objection(request);
        if (!objection.isEmpty()) {
            refuse(request, Problem.malformed(objection).at(STEP));
            return;
        }
        Optional<HttpMethod> method = HttpMethod.of(request.method().name());
        if (method.isEmpty()) {
            write(
                    request.response(),
                    Problem.of("unknown-method", "Unknown method", 501, "method is not known here")
                            .toResponse());
            return;
        }
        int mark = request.uri().indexOf('?');
        String path = mark < 0 ? request.uri() : request.uri().substring(0, mark);
        switch (routes.find(method.get(), path)) {
            case Routes.Found.Match(var route, var variables) ->
                    receive(new Arrival(request, method.get(), bodyTime), route, variables);
            case Routes.Found.OtherMethods others ->
                    write(
                            request.response(),
                            Problem.of(
                                            "method-not-allowed",
                                            "Method not allowed",
                                            405,
                                            "this path takes " + others.allow())
                                    .header("allow", others.allow())
                                    .toResponse());
            case Routes.Found.Nothing() -> stream(request);
        }
    }

    /// What was wrong with the body of a request that broke off; empty where the caller just went.
    public static String objection(HttpServerRequest request) {
        return StrictBytes.objection(request.connection());
    }

    /// Answers what could not be read.
    static void unreadable(HttpServerRequest request) {
        refuse(request, RequestForm.unreadable(request).at(STEP));
    }

    /// The connection ends too: where a malformed request stops is anybody's guess. Over HTTP/2 its
    /// frames say so, and other streams are none of its business.
    private static void refuse(HttpServerRequest request, Problem problem) {
        announceClose(request);
        write(request.response(), problem.toResponse());
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        }
    }

    /// HTTP/2 knows no such field (RFC 9113, section 8.2.2).
    private static void announceClose(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 && !request.response().headWritten()) {
            request.response().putHeader("connection", "close");
        }
    }

    private void stream(HttpServerRequest request) {
        try {
            otherwise.handle(request);
        } catch (RuntimeException e) {
            write(request.response(), failed(e));
        }
    }

    private record Arrival(HttpServerRequest request, HttpMethod method, Duration bodyTime) {}

    private void receive(Arrival arrival, Routes.Route route, Map<String, String> variables) {
        HttpServerRequest request = arrival.request();
        Request head = toRequest(request, arrival.method(), variables, Body.EMPTY);
        Response refusal = route.gate().refusal(head);
        if (refusal != null) {
            refuseUnread(request, refusal);
            return;
        }
        if (TalkSocket.askedFor(request)) {
            answer(request, head, route.endpoint()); // a handshake has no body
            return;
        }
        var collected = new Collected(route.bodyBytesMax());
        if (collected.announcesTooMuch(request.getHeader("content-length"))) {
            tooLong(request, route);
            return;
        }
        Runnable came = expectBody(request, arrival.bodyTime());
        request.handler(chunk -> {
            if (!collected.add(chunk) && !request.response().ended()) {
                tooLong(request, route);
            }
        });
        request.endHandler(_ -> {
            came.run();
            if (!request.response().ended()) {
                answer(request, head.with(collected.body()), route.endpoint());
            }
        });
    }

    /// @return what is run when the body is there
    private static Runnable expectBody(HttpServerRequest request, Duration bodyTime) {
        Context context = Vertx.currentContext();
        if (context == null || request.isEnded()) {
            return () -> {};
        }
        long timer = context.owner().setTimer(bodyTime.toMillis(), _ -> tooSlow(request));
        return () -> context.owner().cancelTimer(timer);
    }

    private static void tooSlow(HttpServerRequest request) {
        if (request.isEnded() || request.response().ended() || request.response().closed()) {
            return;
        }
        announceClose(request);
        write(request.response(), bodyTooSlow(STEP).toResponse());
        hangUp(request);
    }

    /// What is answered to a body that does not come.
    public static Problem bodyTooSlow(String step) {
        return Problem.of(
                        "too-slow",
                        "Request too slow",
                        408,
                        "the body of the request took too long to come")
                .at(step)
                .next("send the body as fast as the connection takes it");
    }

    /// After an answer to a request whose rest is not worth waiting for.
    public static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0); // RFC 9113, section 8.1
        } else {
            request.connection().close();
        }
    }

    /// A request without a body leaves its connection usable; one with a body does not: what still
    /// comes is dropped, not awaited.
    private static void refuseUnread(HttpServerRequest request, Response refusal) {
        if (request.isEnded()) {
            write(request.response(), refusal);
            return;
        }
        announceClose(request);
        write(request.response(), refusal);
        linger(request);
    }

    private static void tooLong(HttpServerRequest request, Routes.Route route) {
        announceClose(request);
        write(request.response(), bodyTooLong(route.bodyBytesMax()));
        linger(request);
    }

    /// What is answered to a body that is longer than its route permits.
    public static Response bodyTooLong(int bytesMax) {
        return Problem.of(
                        "body-too-long",
                        "Body too long",
                        413,
                        "body is longer than %d bytes".formatted(bytesMax))
                .at(STEP)
                .next("send at most %d bytes".formatted(bytesMax))
                .toResponse();
    }

    /// Drops what still comes for a moment, then closes: closing at once would reset the
    /// connection, and the caller might not see the answer.
    private static void linger(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        if (context != null && request.version() != HttpVersion.HTTP_2) {
            context.owner().setTimer(LINGER_MILLIS, _ -> request.connection().close());
        }
    }

    private static Request toRequest(
            HttpServerRequest request,
            HttpMethod method,
            Map<String, String> variables,
            Body body) {
        int mark = request.uri().indexOf('?');
        String path = mark < 0 ? request.uri() : request.uri().substring(0, mark);
        String query = mark < 0 ? "" : request.uri().substring(mark + 1);
        return new Request(
                method, path, query, request.headers(), body, Peers.of(request), variables);
    }

    private static void answer(HttpServerRequest request, Request whole, Endpoint endpoint) {
        Context context = Vertx.currentContext();
        try {
            endpoint.answer(whole)
                    .whenComplete((response, failure) -> {
                        Response toSend = failure == null ? response : failed(failure);
                        if (context == null || context.equals(Vertx.currentContext())) {
                            write(request, toSend);
                        } else {
                            context.runOnContext(_ -> write(request, toSend));
                        }
                    });
        } catch (RuntimeException e) {
            write(request.response(), failed(e));
        }
    }

    /// What is answered when an endpoint failed: what is wrong with the request, or an incident
    /// number.
    public static Response failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (cause instanceof WireException || cause instanceof MalformedForm) {
            return Problem.malformed(String.valueOf(cause.getMessage())).at(STEP).toResponse();
        }
        return incident(cause).toResponse();
    }

    /// What went wrong here goes to the log; the caller learns only its number.
    public static Problem incident(Throwable cause) {
        String incident = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        LOG.error("incident {}", incident, cause);
        return Problem.internal(incident);
    }

    private static void write(HttpServerRequest request, Response answer) {
        Talk talk = answer.talk();
        if (talk == null) {
            write(request.response(), answer);
        } else if (request.response().closed()) {
            talk.close();
        } else if (TalkSocket.askedFor(request)) {
            TalkSocket.over(request, talk);
        } else {
            talk.close();
            write(request.response(), named(request, answer));
        }
    }

    /// What an answer of 426 must name (RFC 9110, section 15.5.22), and HTTP/2 must not (RFC 9113,
    /// section 8.2.2).
    private static Response named(HttpServerRequest request, Response answer) {
        return request.version() == HttpVersion.HTTP_2
                ? answer
                : answer.with("upgrade", "websocket");
    }

    /// Writes an answer, unless the caller has gone or got one.
    public static void write(HttpServerResponse response, Response answer) {
        Events events = answer.events();
        if (response.ended() || response.closed()) {
            if (events != null) {
                events.close();
            }
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (events != null) {
            EventStream.over(response, events);
            return;
        }
        response.end(Buffer.buffer(answer.body().bytes()));
    }

    private static final class Collected {
        private final int bytesMax;
        private final Buffer buffer = Buffer.buffer();

        Collected(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        boolean announcesTooMuch(@Nullable String contentLength) {
            if (contentLength == null) {
                return false;
            }
            try {
                return Long.parseLong(contentLength) > bytesMax;
            } catch (NumberFormatException _) {
                return true;
            }
        }

        boolean add(Buffer chunk) {
            if (buffer.length() + chunk.length() > bytesMax) {
                return false;
            }
            buffer.appendBuffer(chunk);
            return true;
        }

        Body body() {
            return Body.of(buffer.getBytes());
        }
    }
}
