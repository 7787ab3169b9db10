package dev.daypass.issuer;

import dev.daypass.http.Endpoint;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.store.StoreUnavailable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What is answered where the store cannot be read or written: that it is away for now, not that
/// something is wrong with us.
final class WhileStoreIsAway {
    private WhileStoreIsAway() {}

    /// The same routes, with an answer for that.
    static List<Route> answer(Supplier<Response> instead, List<Route> routes) {
        return routes.stream().map(route -> answering(instead, route)).toList();
    }

    private static Route answering(Supplier<Response> instead, Route route) {
        Endpoint endpoint = route.endpoint();
        return new Route(
                route.method(),
                route.path(),
                route.bodyBytesMax(),
                route.gate(),
                request ->
                        started(endpoint, request)
                                .exceptionally(failure -> answered(failure, instead)));
    }

    private static CompletionStage<Response> started(Endpoint endpoint, Request request) {
        try {
            return endpoint.answer(request);
        } catch (StoreUnavailable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static Response answered(Throwable failure, Supplier<Response> instead) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof StoreUnavailable) {
            return instead.get();
        }
        throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }
}
