package dev.daypass.bench;

import dev.daypass.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/// The least that a service can be: it answers everything with one JSON document of 1 KB, and who
/// asks for events with one that is never followed by another.
public final class Upstream {
    private static final int BODY_BYTES = 1_024;

    private Upstream() {}

    public static void main(String[] arguments) throws IOException {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        Buffer body = body();
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            if ("text/event-stream".equals(request.getHeader("accept"))) {
                                stream(request);
                            } else {
                                request.response()
                                        .putHeader("content-type", "application/json")
                                        .end(body);
                            }
                        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        ChildMain.serve(Json.object().put("http", server.actualPort()).build());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// A row of events without an end.
    private static void stream(HttpServerRequest request) {
        request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write("data: begun\n\n");
    }

    private static Buffer body() {
        String start = "{\"offers\":\"";
        String end = "\"}";
        return Buffer.buffer(start + "x".repeat(BODY_BYTES - start.length() - end.length()) + end);
    }
}
