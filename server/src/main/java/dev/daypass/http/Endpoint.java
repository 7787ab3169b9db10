package dev.daypass.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// What answers requests of one route.
@FunctionalInterface
public interface Endpoint {
    /// Answers without blocking. A stage that fails, and an exception, become a 500 with an
    /// incident number.
    CompletionStage<Response> answer(Request request);

    /// What answers in place, in microseconds or on a thread that may wait.
    @FunctionalInterface
    interface Direct {
        Response answer(Request request);
    }

    static Endpoint direct(Direct direct) {
        return request -> CompletableFuture.completedStage(direct.answer(request));
    }

    /// An endpoint that may wait: it runs on a thread of `executor`.
    static Endpoint waiting(Executor executor, Direct direct) {
        return request -> CompletableFuture.supplyAsync(() -> direct.answer(request), executor);
    }
}
