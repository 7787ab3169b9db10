package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Streams an answer to the agent at the agent's pace, scrubbing on the way. An agent that takes
/// nothing for too long is let go, and so is a service that does not come to an end.
final class Relay {
    /// RFC 9113, section 7.
    private static final long INTERNAL_ERROR = 0x2;

    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final Scrubber scrubber;
    private final Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    private long bytesMax = Long.MAX_VALUE;
    private long readerMillis = Long.MAX_VALUE;
    private Runnable breakOff = () -> {};
    private @Nullable EventCount events;
    private long passed;
    private long late;

    Relay(HttpClientResponse from, HttpServerResponse to, Scrubber scrubber) {
        this.from = from;
        this.to = to;
        this.scrubber = scrubber;
    }

    /// @param breakOff run when one of the two takes too much: time, or room
    Relay within(LimitSettings limits, Runnable breakOff) {
        this.bytesMax = limits.answerBytesMax();
        this.readerMillis = limits.pace().readerTimeout().toMillis();
        this.breakOff = breakOff;
        return this;
    }

    /// @param counts what passes; `null` for nobody
    Relay counting(@Nullable EventCount counts) {
        this.events = counts;
        return this;
    }

    /// @param over run when the answer is complete or the service broke it off
    void run(Runnable over) {
        from.exceptionHandler(_ -> {
            over.run();
            // The agent must not take half an answer for a whole one.
            to.reset(INTERNAL_ERROR);
        });
        from.handler(chunk -> {
            passed += chunk.length();
            if (events != null) {
                events.add(chunk);
            }
            if (passed > bytesMax) {
                breakOff.run();
                return;
            }
            Buffer out = scrubber.idle() ? chunk : scrubber.next(chunk);
            if (out.length() > 0) {
                to.write(out);
                if (to.writeQueueFull()) {
                    await();
                }
            }
        });
        from.endHandler(_ -> {
            Buffer rest = scrubber.idle() ? Buffer.buffer() : scrubber.rest();
            to.end(rest);
            over.run();
        });
        from.resume();
    }

    private void await() {
        from.pause();
        late = vertx.setTimer(readerMillis, _ -> breakOff.run());
        to.drainHandler(_ -> {
            vertx.cancelTimer(late);
            from.resume();
        });
    }
}
