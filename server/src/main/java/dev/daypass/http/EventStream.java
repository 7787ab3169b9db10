package dev.daypass.http;

import dev.daypass.wire.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Server-sent events (HTML Living Standard, section 9.2) over one answer. What is told is sent at
/// once; a comment every 15 seconds keeps the connection from looking idle. A reader that does not
/// take what is sent is let go, and can come again with `Last-Event-ID`. Thread-safe.
public final class EventStream {
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    private final HttpServerResponse to;
    private final Events events;
    private final Context context;
    private final AtomicBoolean over = new AtomicBoolean();
    private final long keepAlive;

    private EventStream(HttpServerResponse to, Events events) {
        this.to = to;
        this.events = events;
        this.context = Objects.requireNonNull(Vertx.currentContext());
        this.keepAlive = context.owner().setPeriodic(KEEP_ALIVE_MILLIS, _ -> write(": \n\n"));
    }

    /// One event.
    ///
    /// @param id what a reader that comes again sends as `Last-Event-ID`
    /// @param name its kind
    /// @param data what it tells
    public record Event(long id, String name, Json data) {
        /// As it goes over the wire. JSON text has no line ends of its own.
        String text() {
            return "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, data.text());
        }
    }

    /// Begins an answer whose head is set, on its event loop.
    static void over(HttpServerResponse to, Events events) {
        to.setChunked(true);
        var stream = new EventStream(to, events);
        to.exceptionHandler(_ -> stream.gone());
        to.closeHandler(_ -> stream.gone());
        to.write(": following\n\n");
        events.begin(stream);
    }

    public void send(Event event) {
        context.runOnContext(_ -> write(event.text()));
    }

    /// Ends the answer after what was sent before.
    public void end() {
        context.runOnContext(_ -> {
            if (finish()) {
                to.end();
            }
        });
    }

    private void write(String text) {
        if (over.get()) {
            return;
        }
        if (to.writeQueueFull()) {
            gone();
            to.reset();
            return;
        }
        to.write(text);
    }

    private void gone() {
        finish();
    }

    private boolean finish() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        context.owner().cancelTimer(keepAlive);
        events.close();
        return true;
    }
}
