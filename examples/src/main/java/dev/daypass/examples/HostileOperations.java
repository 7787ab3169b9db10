package dev.daypass.examples;

import dev.daypass.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What a badly behaved service does, for tests of an edge in front of it. None of it is in the
/// document that the demo registers.
final class HostileOperations {
    static final int CHUNK_BYTES = 1024;
    static final int CHUNK_EVERY_MS = 20;
    static final long UPLOAD_BYTES_MAX = 1L << 30;
    private static final int ECHO_BODY_BYTES_MAX = 1 << 20;

    private final Vertx vertx;
    private final AtomicInteger open = new AtomicInteger();

    HostileOperations(Vertx vertx) {
        this.vertx = vertx;
    }

    List<Route> routes() {
        return List.of(
                Route.raw(HttpMethod.GET, "/hostile/key", HostileOperations::leakKey),
                Route.raw(HttpMethod.GET, "/hostile/split-key", this::leakKeyInHalves),
                Route.raw(HttpMethod.GET, "/hostile/cookies", HostileOperations::setCookies),
                Route.raw(HttpMethod.GET, "/hostile/redirect", HostileOperations::redirect),
                Route.raw(HttpMethod.GET, "/hostile/stream", this::stream),
                Route.raw(HttpMethod.GET, "/hostile/silence", this::track),
                Route.raw(HttpMethod.POST, "/hostile/uploads", HostileOperations::upload),
                Route.raw(HttpMethod.GET, "/echo/**", HostileOperations::echo),
                Route.raw(HttpMethod.POST, "/echo/**", HostileOperations::echo));
    }

    /// How many endless or silent answers have a caller that is still there.
    int openAnswers() {
        return open.get();
    }

    private static String key(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.getHeader("X-Api-Key"), "");
    }

    private static void leakKey(HttpServerRequest request) {
        String key = key(request);
        Answer.json(
                        200,
                        Json.object()
                                .put("message", "your key is " + key)
                                .put("debug", Json.object().put("x-api-key", key).build())
                                .build())
                .with("X-Debug-Key", key)
                .with("X-Debug-Request", "key=" + key + "; path=" + request.path())
                .send(request.response());
    }

    /// Whoever looks for the key in one chunk at a time does not find it.
    private void leakKeyInHalves(HttpServerRequest request) {
        String key = key(request);
        HttpServerResponse response = request.response().setChunked(true);
        response.putHeader("Content-Type", "text/plain");
        response.write("your key is " + key.substring(0, key.length() / 2))
                .onSuccess(_ -> {
                    String rest = key.substring(key.length() / 2) + ", keep it safe\n";
                    vertx.setTimer(CHUNK_EVERY_MS, _ -> response.end(rest));
                });
    }

    private static void setCookies(HttpServerRequest request) {
        request.response()
                .headers()
                .add("Set-Cookie", "shop_session=5f1c; Path=/; HttpOnly")
                .add("Set-Cookie", "tracker=abc123; Max-Age=31536000; SameSite=None; Secure");
        Answer.json(200, Json.object().put("cookies", 2).build()).send(request.response());
    }

    private static void redirect(HttpServerRequest request) {
        String target =
                "http://%s:%d/airports?api_key=%s"
                        .formatted(SampleServer.HOST, request.localAddress().port(), key(request));
        request.response().setStatusCode(302).putHeader("Location", target).end();
    }

    private void stream(HttpServerRequest request) {
        track(request);
        HttpServerResponse response = request.response().setChunked(true);
        response.putHeader("Content-Type", "application/octet-stream");
        Buffer chunk = Buffer.buffer("x".repeat(CHUNK_BYTES - 1) + "\n");
        response.write(chunk);
        vertx.setPeriodic(
                CHUNK_EVERY_MS,
                timer -> {
                    if (response.closed() || response.ended()) {
                        vertx.cancelTimer(timer);
                    } else if (!response.writeQueueFull()) {
                        response.write(chunk);
                    }
                });
    }

    /// Counts the answer as open until its caller has gone.
    private void track(HttpServerRequest request) {
        open.incrementAndGet();
        var gone = new java.util.concurrent.atomic.AtomicBoolean();
        Runnable leave =
                () -> {
                    if (gone.compareAndSet(false, true)) {
                        open.decrementAndGet();
                    }
                };
        request.response().closeHandler(_ -> leave.run());
        request.response().exceptionHandler(_ -> leave.run());
    }

    private static void echo(HttpServerRequest request) {
        var body = new Counter(ECHO_BODY_BYTES_MAX);
        request.handler(body::take);
        request.endHandler(_ -> {
            List<Json.Obj> headers =
                    request.headers().entries().stream()
                            .map(h ->
                                    Json.object()
                                            .put("name", h.getKey())
                                            .put("value", h.getValue())
                                            .build())
                            .toList();
            body.answer(
                            Json.object()
                                    .put("method", request.method().name())
                                    .put("target", request.uri())
                                    .put("version", request.version().name())
                                    .put("headers", Json.array(headers)))
                    .send(request.response());
        });
    }

    private static void upload(HttpServerRequest request) {
        var body = new Counter(UPLOAD_BYTES_MAX);
        request.handler(body::take);
        request.endHandler(_ -> body.answer(Json.object()).send(request.response()));
    }

    /// Length and digest of a body that is not kept.
    private static final class Counter {
        private final long bytesMax;
        private final MessageDigest sha256;
        private long bytes;

        Counter(long bytesMax) {
            this.bytesMax = bytesMax;
            try {
                this.sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void take(Buffer chunk) {
            bytes += chunk.length();
            sha256.update(chunk.getBytes());
        }

        Answer answer(dev.daypass.wire.JsonObjectBuilder said) {
            if (bytes > bytesMax) {
                return Answer.problem(
                        413, "Too large", "body of more than %d bytes".formatted(bytesMax));
            }
            return Answer.json(
                    200,
                    said.put("body_bytes", bytes)
                            .put("body_sha256", HexFormat.of().formatHex(sha256.digest()))
                            .build());
        }
    }
}
