package dev.daypass.edge;

import dev.daypass.mcp.EventReader;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Passes a server's events on, each judged, at the client's pace.
final class McpRelay {
    /// RFC 9113, section 7.
    private static final long INTERNAL_ERROR = 0x2;

    private static final int EVENT_ID_CHARS_MAX = 512;
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    private final McpTalk talk;
    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final Scrubber scrubber;
    private Runnable over = () -> {};
    private final EventReader events = new EventReader(MessageReader.SERVER_BYTES_MAX);

    McpRelay(McpTalk talk, HttpClientResponse from, HttpServerResponse to, Scrubber scrubber) {
        this.talk = talk;
        this.from = from;
        this.to = to;
        this.scrubber = scrubber;
    }

    /// @param now what time it is: no stream outlives its token
    void run(McpCall call, Instant now) {
        Exchange exchange = call.exchange();
        Instant end = call.verified().token().claims().expiresAt();
        Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
        long timer =
                vertx.setTimer(
                        Math.max(1, Duration.between(now, end).toMillis()), _ -> finish(exchange));
        long alive = vertx.setPeriodic(KEEP_ALIVE_MILLIS, _ -> comment(exchange));
        over =
                () -> {
                    vertx.cancelTimer(timer);
                    vertx.cancelTimer(alive);
                };
        to.setStatusCode(200)
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .putHeader("cache-control", "no-store")
                .putHeader("x-accel-buffering", "no");
        from.exceptionHandler(_ -> {
            over.run();
            exchange.settle();
            to.reset(INTERNAL_ERROR);
        });
        from.handler(chunk -> {
            if (!exchange.isOver()) {
                take(scrubber.next(chunk), call);
            }
        });
        from.endHandler(_ -> {
            if (!exchange.isOver()) {
                take(scrubber.rest(), call);
                over.run();
                to.end();
                exchange.settle();
            }
        });
        to.writeHead();
        from.resume();
    }

    /// Keeps the connection from looking idle, and notices when there is nobody any more.
    private void comment(Exchange exchange) {
        if (exchange.isOver()) {
            over.run();
        } else {
            to.write(":\n\n");
        }
    }

    private void finish(Exchange exchange) {
        over.run();
        if (!exchange.isOver()) {
            to.end();
            exchange.settle();
            from.request().reset();
        }
    }

    private void take(Buffer chunk, McpCall call) {
        for (EventReader.Event event : events.next(chunk.getBytes())) {
            write(event, call.session());
        }
        if (events.failed()) {
            over.run();
            call.exchange().settle();
            from.request().reset();
            to.reset(INTERNAL_ERROR);
        } else if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(_ -> from.resume());
        }
    }

    private void write(EventReader.Event event, @Nullable McpSession session) {
        if (!event.type().equals("message")) {
            return;
        }
        var out = new StringBuilder();
        if (!event.id().isEmpty() && event.id().length() <= EVENT_ID_CHARS_MAX && session != null) {
            session.sent(event.id());
            out.append("id: ").append(event.id()).append('\n');
        }
        Message message = event.data().isEmpty() ? null : judged(event.data());
        if (message == null && out.isEmpty()) {
            return;
        }
        // JSON text has no line ends of its own.
        out.append("data: ").append(message == null ? "" : message.json().text()).append("\n\n");
        to.write(Buffer.buffer(out.toString()));
    }

    private @Nullable Message judged(String data) {
        return MessageReader.ofServer().read(data.getBytes(StandardCharsets.UTF_8))
                                instanceof MessageReader.Reading.Messages(var all, var batch, var _)
                        && !batch
                ? talk.stream(all.getFirst())
                : null;
    }
}
