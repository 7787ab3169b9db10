package dev.daypass.edge;

import dev.daypass.http.Dispatcher;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// Expects of a body that it keeps coming: in each stretch of time 1 KiB of it, or its end. While
/// the service holds it up, nothing is expected. On the call's event loop.
final class BodyPace {
    private static final int BYTES_MIN = 1_024;

    private final HttpServerRequest request;
    private final Exchange exchange;
    private final String step;
    private final Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    private long bytes;
    private boolean paused;
    private boolean heldUp;

    /// @param step of the line that waits for the body
    BodyPace(HttpServerRequest request, Exchange exchange, String step) {
        this.request = request;
        this.exchange = exchange;
        this.step = step;
    }

    /// What is there already needs no watching.
    void expect(EdgeParts parts) {
        if (!request.isEnded() && !exchange.isOver()) {
            long millis = parts.protection().limits().pace().bodyTimeout().toMillis();
            vertx.setPeriodic(millis, this::look);
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

    private void look(long timer) {
        if (request.isEnded() || exchange.isOver()) {
            vertx.cancelTimer(timer);
        } else if (heldUp || bytes >= BYTES_MIN) {
            heldUp = paused;
            bytes = 0;
        } else {
            vertx.cancelTimer(timer);
            exchange.refuse(Dispatcher.bodyTooSlow(step));
            Dispatcher.hangUp(request);
        }
    }
}
