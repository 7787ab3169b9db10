package dev.daypass.edge;

import dev.daypass.permission.HttpMethod;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;

/// Which calls may be made once more: a kept connection may be closed by a service just as a
/// request goes out.
final class Retry {
    private Retry() {}

    /// Whether a call whose connection failed can do no harm when it is made again: its method is
    /// idempotent (RFC 9110, section 9.2.2), it had no body, and the service had not begun to
    /// answer.
    static boolean harmless(
            HttpMethod method, Exchange exchange, HttpClientRequest request, Throwable failure) {
        boolean closed = failure instanceof HttpClosedException || failure instanceof IOException;
        return closed
                && idempotent(method)
                && exchange.sentWithoutBody()
                && AnswerBytes.none(request.connection());
    }

    static boolean idempotent(HttpMethod method) {
        return switch (method) {
            case GET, HEAD, OPTIONS, PUT, DELETE -> true;
            case POST, PATCH -> false;
        };
    }
}
