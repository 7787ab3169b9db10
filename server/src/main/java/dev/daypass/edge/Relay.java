package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Streams an answer to the agent at the agent's pace, filtering on the way. An agent that takes
/// nothing for too long is let go, and so is a service that does not come to an end.
final class Relay {
    /// RFC 9113, section 7.
    private static final long INTERNAL_ERROR = 0x2;

    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final BodyFilter filter;
    private final Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    private long bytesMax = Long.MAX_VALUE;
    private long readerMillis = Long.MAX_VALUE;
    private Runnable breakOff = () -> {};
    private Consumer<UnfitAnswer> unfit = _ -> {};
    private boolean stopped;
    private boolean ended;
    private long announced = -1;
    private @Nullable EventCount events;
    private long passed;
    private long late;

    Relay(HttpClientResponse from, HttpServerResponse to, BodyFilter filter) {
        this.from = from;
        this.to = to;
        this.filter = filter;
    }

    /// @param then ends the call where the filter lets nothing more out
    Relay orElse(Consumer<UnfitAnswer> then) {
        this.unfit = then;
        return this;
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

    /// @param bytes how many the service announced and the agent is told of; below 0 where it is
    ///   not told
    Relay announced(long bytes) {
        this.announced = bytes;
        return this;
    }

    /// @param over run when the answer is complete or the service broke it off
    void run(Runnable over) {
        from.exceptionHandler(_ -> {
            if (!stopped) {
                over.run();
                if (!ended) {
                    // The agent must not take half an answer for a whole one.
                    to.reset(INTERNAL_ERROR);
                }
            }
        });
        from.handler(this::pass);
        from.endHandler(_ -> {
            if (!ended) {
                end();
            }
            if (!stopped) {
                over.run();
            }
        });
        from.resume();
    }

    private void pass(Buffer chunk) {
        passed += chunk.length();
        if (events != null) {
            events.add(chunk);
        }
        if (passed > bytesMax) {
            breakOff.run();
            return;
        }
        Buffer out = filtered(chunk);
        if (passed == announced && !stopped && filter.holdsNothing()) {
            ended = true; // with its last bytes, not with a message of its own after them
            to.end(out);
        } else if (out.length() > 0) {
            to.write(out);
            if (to.writeQueueFull()) {
                await();
            }
        }
    }

    private void end() {
        if (stopped) {
            return;
        }
        if (filter.holdsNothing()) {
            to.end();
            return;
        }
        Buffer rest = rest();
        if (!stopped) {
            to.end(rest);
        }
    }

    private Buffer filtered(Buffer chunk) {
        if (stopped) {
            return Buffer.buffer();
        }
        try {
            return filter.idle() ? chunk : filter.next(chunk);
        } catch (UnfitAnswer e) {
            return stop(e);
        }
    }

    private Buffer rest() {
        try {
            return filter.rest();
        } catch (UnfitAnswer e) {
            return stop(e);
        }
    }

    private Buffer stop(UnfitAnswer why) {
        stopped = true;
        unfit.accept(why);
        from.request().reset();
        return Buffer.buffer();
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
