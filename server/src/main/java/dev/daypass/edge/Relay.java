package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;

/// Streams an answer to the agent at the agent's pace, scrubbing on the way.
final class Relay {
    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final Scrubber scrubber;

    Relay(HttpClientResponse from, HttpServerResponse to, Scrubber scrubber) {
        this.from = from;
        this.to = to;
        this.scrubber = scrubber;
    }

    /// @param delivered run once when the answer is complete
    /// @param broken run once when either side broke off
    void run(Runnable delivered, Runnable broken) {
        to.exceptionHandler(_ -> broken.run());
        to.closeHandler(_ -> broken.run());
        from.exceptionHandler(_ -> {
            broken.run();
            // The agent must not take half an answer for a whole one.
            to.reset();
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
            delivered.run();
        });
        from.resume();
    }
}
