package dev.daypass.examples;

import dev.daypass.wire.WireException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds who answers a request: first the key, then the path, then the method.
final class Routes implements Handler<HttpServerRequest> {
    private final Credential credential;
    private final List<Route> routes;

    Routes(Credential credential, List<Route> routes) {
        this.credential = credential;
        this.routes = List.copyOf(routes);
    }

    @Override
    public void handle(HttpServerRequest request) {
        // A caller that goes away is no error of this service.
        request.exceptionHandler(_ -> {});
        request.response().exceptionHandler(_ -> {});
        if (!credential.admits(request)) {
            unauthorized().send(request.response());
            return;
        }
        List<String> path = Route.segments(Objects.requireNonNullElse(request.path(), ""));
        List<Route> here = routes.stream().filter(r -> r.match(path).isPresent()).toList();
        here.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst()
                .ifPresentOrElse(
                        route -> run(route, route.match(path).orElseThrow(), request),
                        () -> unrouted(here, request).send(request.response()));
    }

    private Answer unauthorized() {
        return Answer.problem(
                        401,
                        "Unauthorized",
                        "missing or wrong key in `%s`".formatted(credential.header()))
                .with("WWW-Authenticate", credential.challenge());
    }

    private static Answer unrouted(List<Route> here, HttpServerRequest request) {
        if (here.isEmpty()) {
            return Answer.problem(404, "Not found", "nothing is at this path");
        }
        String allowed =
                here.stream()
                        .map(route -> route.method().name())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Answer.problem(
                        405,
                        "Method not allowed",
                        "`%s` is not among %s".formatted(request.method().name(), allowed))
                .with("Allow", allowed);
    }

    private static void run(Route route, Map<String, String> values, HttpServerRequest request) {
        switch (route.work()) {
            case Route.Work.Raw(var take) -> take.accept(request);
            case Route.Work.Whole(int bytesMax, var answer) ->
                    collect(
                            request,
                            bytesMax,
                            body ->
                                    answered(request, values, body, answer)
                                            .send(request.response()));
        }
    }

    private static Answer answered(
            HttpServerRequest request,
            Map<String, String> values,
            Buffer body,
            Function<Call, Answer> operation) {
        try {
            return operation.apply(new Call(values, query(request), contentType(request), body));
        } catch (WireException e) {
            return Answer.problem(400, "Bad request", String.valueOf(e.getMessage()));
        } catch (RuntimeException _) {
            return Answer.problem(500, "Internal error", "this is a fault of the sample service");
        }
    }

    private static void collect(HttpServerRequest request, int bytesMax, Consumer<Buffer> then) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= bytesMax) {
                body.appendBuffer(chunk);
                return;
            }
            request.handler(_ -> {});
            request.endHandler(_ -> {});
            Answer.problem(413, "Too large", "body of more than %d bytes".formatted(bytesMax))
                    .with("Connection", "close")
                    .send(request.response());
        });
        request.endHandler(_ -> then.accept(body));
    }

    private static Map<String, String> query(HttpServerRequest request) {
        var out = new HashMap<String, String>();
        try {
            request.params().forEach((name, value) -> out.putIfAbsent(name, value));
        } catch (IllegalArgumentException _) {
            throw new WireException("query is not percent-encoded text");
        }
        return out;
    }

    private static String contentType(HttpServerRequest request) {
        String value = Objects.requireNonNullElse(request.getHeader("Content-Type"), "");
        return value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
