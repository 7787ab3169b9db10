package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Holds a body that must be there as a whole before its first byte goes out: at most 8 MiB.
final class WholeBody {
    private static final long BYTES_MAX = 8 * 1024 * 1024;

    private final Exchange exchange;
    private final EdgeParts parts;
    private final String step;
    private final long bytesMax;
    private final Buffer collected = Buffer.buffer();

    WholeBody(Exchange exchange, EdgeParts parts) {
        this(exchange, parts, "inject", BYTES_MAX);
    }

    /// @param step that wants it
    /// @param bytesMax the most that it takes
    WholeBody(Exchange exchange, EdgeParts parts, String step, long bytesMax) {
        this.exchange = exchange;
        this.parts = parts;
        this.step = step;
        this.bytesMax = bytesMax;
    }

    /// Ends the call where it is too long.
    ///
    /// @param then is given all of it, unless the call is over by then
    void read(HttpServerRequest request, Consumer<Buffer> then) {
        if (request.isEnded()) {
            then.accept(collected);
            return;
        }
        var pace = new BodyPace(request, exchange, "inject");
        request.handler(chunk -> {
            pace.came(chunk.length());
            add(chunk);
        });
        request.endHandler(_ -> {
            pace.ended();
            if (!exchange.isOver()) {
                then.accept(collected);
            }
        });
        request.resume();
        pace.expect(parts);
    }

    private void add(Buffer chunk) {
        long most = Math.min(bytesMax, parts.limits().bodyBytesMax());
        if (exchange.isOver()) {
            return;
        }
        if (collected.length() + chunk.length() > most) {
            exchange.refuse(parts.refusals().tooLong(step, most));
            return;
        }
        collected.appendBuffer(chunk);
    }
}
