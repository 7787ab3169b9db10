package dev.daypass.edge;

import dev.daypass.http.Dispatcher;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;

/// Expects of a body that it keeps coming: in each stretch of time 1 KiB of it, or its end. While
/// the service holds it up, nothing is expected. On the call's event loop.
final class BodyPace {
    private static final int BYTES_MIN = 1_024;
    private static final long NONE = -1;

    private final HttpServerRequest request;
    private final Exchange exchange;
    private final String step;
    private final Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    private long timer = NONE;
    private long bytes;
    private boolean paused;
    private boolean heldUp;

    /// @param step of the line that waits for the body
    BodyPace(HttpServerRequest request, Exchange exchange, String step) {
        this.request = request;
        this.exchange = exchange;
        this.step = step;
    }

    /// What is there already, or never comes, needs no watching.
    void expect(EdgeParts parts) {
        if (!request.isEnded() && !exchange.isOver() && announced()) {
            long millis = parts.protection().limits().pace().bodyTimeout().toMillis();
            timer = vertx.setPeriodic(millis, _ -> look());
        }
    }

    /// Whether the head leaves room for a body: that of HTTP/1.1 tells (RFC 9112, section 6.3).
    private boolean announced() {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().contains("content-length")
                || request.headers().contains("transfer-encoding");
    }

    /// The body is there. A timer that is left to run keeps the whole call in memory.
    void ended() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    void came(int some) {
        bytes += some;
    }

    void pause() {
        paused = true;
        heldUp = true;
    }

    void goOn() {
        paused = false;
    }

    private void look() {
        if (request.isEnded() || exchange.isOver()) {
            ended();
        } else if (heldUp || bytes >= BYTES_MIN) {
            heldUp = paused;
            bytes = 0;
        } else {
            ended();
            exchange.refuse(Dispatcher.bodyTooSlow(step));
            Dispatcher.hangUp(request);
        }
    }
}
