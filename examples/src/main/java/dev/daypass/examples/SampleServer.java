package dev.daypass.examples;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A plain-HTTP listener on loopback with one event loop. It prints and logs nothing.
final class SampleServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final int WAIT_SECONDS_MAX = 10;

    private final Vertx vertx = Vertx.vertx(options());
    private final String name;
    private final HttpServer http;

    /// @param name how errors name the service
    SampleServer(String name) {
        this.name = name;
        // Expect: 100-continue must be answered, or a large upload waits for its client's patience.
        this.http =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(HOST)
                                .setHandle100ContinueAutomatically(true));
    }

    Vertx vertx() {
        return vertx;
    }

    /// @param port 0 for any free one
    /// @throws UncheckedIOException if the port cannot be had; the server is then closed
    void listen(int port, Handler<HttpServerRequest> handler) {
        try {
            await(http.requestHandler(handler).exceptionHandler(_ -> {}).listen(port));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(
                    "%s: cannot listen on `%s:%d`; expected a free port or 0"
                            .formatted(name, HOST, port),
                    e);
        }
    }

    int port() {
        return http.actualPort();
    }

    /// Stops listening, cuts what is open and ends the event loop. Closing twice does nothing.
    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": did not close cleanly", e);
        }
    }

    private static VertxOptions options() {
        var noFileCache =
                new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false);
        return new VertxOptions()
                .setPreferNativeTransport(false)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(noFileCache);
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
