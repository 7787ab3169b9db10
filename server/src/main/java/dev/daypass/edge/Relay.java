package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;

/// Streams an answer to the agent at the agent's pace, scrubbing on the way.
final class Relay {
    /// RFC 9113, section 7.
    private static final long INTERNAL_ERROR = 0x2;

    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final Scrubber scrubber;

    Relay(HttpClientResponse from, HttpServerResponse to, Scrubber scrubber) {
        this.from = from;
        this.to = to;
        this.scrubber = scrubber;
    }

    /// @param over run when the answer is complete or the service broke it off
    void run(Runnable over) {
        from.exceptionHandler(_ -> {
            over.run();
            // The agent must not take half an answer for a whole one.
            to.reset(INTERNAL_ERROR);
        });
        from.handler(chunk -> {
            Buffer out = scrubber.idle() ? chunk : scrubber.next(chunk);
            if (out.length() > 0) {
                to.write(out);
                if (to.writeQueueFull()) {
                    from.pause();
                    to.drainHandler(_ -> from.resume());
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
}
