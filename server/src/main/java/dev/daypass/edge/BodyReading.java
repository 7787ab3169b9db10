package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.permission.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds the body of a call whose grant bounds it: at most 64 KiB, and only where its fields say
/// that it is JSON.
final class BodyReading {
    private final Call.Read call;
    private final Exchange exchange;
    private final EdgeParts parts;
    private final BodyPace pace;
    private final Buffer collected = Buffer.buffer();
    private String objection = "";

    BodyReading(Call.Read call, Exchange exchange, EdgeParts parts) {
        this.call = call;
        this.exchange = exchange;
        this.parts = parts;
        this.pace = new BodyPace(call.verified().arrived().request(), exchange, "permitted");
    }

    /// @param bytes as they came
    /// @param body what they say
    record Held(Buffer bytes, RequestBody body) {
        @Override
        public String toString() {
            return "Held[" + bytes.length() + " bytes]";
        }
    }

    /// Ends the call where the body cannot be judged.
    ///
    /// @param then is given the whole body, unless the call is over by then
    void read(Consumer<Held> then) {
        HttpServerRequest request = call.verified().arrived().request();
        objection = RequestBody.objection(request.headers());
        boolean mayBeNone = !request.headers().contains("content-type");
        if (!objection.isEmpty() && !mayBeNone) {
            exchange.refuse(notJudged(objection));
            return;
        }
        if (announcesTooMuch(request.getHeader("content-length"))) {
            exchange.refuse(tooLong());
            return;
        }
        if (request.isEnded()) {
            judge(then);
            return;
        }
        request.handler(this::add);
        request.endHandler(_ -> {
            pace.ended();
            if (!exchange.isOver()) {
                judge(then);
            }
        });
        pace.expect(parts);
    }

    private void add(Buffer chunk) {
        if (exchange.isOver()) {
            return;
        }
        if (!objection.isEmpty()) {
            exchange.refuse(notJudged(objection));
            return;
        }
        if (collected.length() + chunk.length() > bytesMax()) {
            exchange.refuse(tooLong());
            return;
        }
        pace.came(chunk.length());
        collected.appendBuffer(chunk);
    }

    private void judge(Consumer<Held> then) {
        if (!objection.isEmpty()) {
            // Nothing is announced, and nothing came.
            then.accept(new Held(collected, RequestBody.none()));
            return;
        }
        switch (RequestBody.parse(collected.getBytes())) {
            case RequestBody.Unreadable(var why) -> exchange.refuse(notJudged(why));
            case RequestBody body -> then.accept(new Held(collected, body));
        }
    }

    private long bytesMax() {
        return Math.min(RequestBody.BYTES_MAX, parts.limits().bodyBytesMax());
    }

    private boolean announcesTooMuch(@Nullable String contentLength) {
        if (contentLength == null) {
            return false;
        }
        try {
            return Long.parseLong(contentLength) > bytesMax();
        } catch (NumberFormatException _) {
            return true;
        }
    }

    private Problem tooLong() {
        return parts.refusals().tooLong("permitted", bytesMax());
    }

    private Problem notJudged(String why) {
        String account = call.verified().account().value();
        return parts.refusals()
                .bodyNotJudged(
                        call.verified().arrived().service().value(),
                        "%s, and %s is bound in what it may send".formatted(why, account));
    }
}
