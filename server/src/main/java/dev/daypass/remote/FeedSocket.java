package dev.daypass.remote;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one connection to a broker that stays open: a WebSocket (RFC 6455) over mutual TLS. What
/// comes is heard, and what has to be said to it is written, on one thread that does nothing else,
/// so that no call waits for news and news waits for no call. Thread-safe.
final class FeedSocket implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final long ANSWER_MILLIS_MAX = 10_000;
    private static final int TLS_PORT = 443;

    // RFC 6455, section 7.4.1.
    private static final short NORMAL = 1000;

    private final Vertx vertx;
    private volatile @Nullable ClientWebSocket open;

    FeedSocket() {
        var options = new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true);
        options.getFileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false);
        this.vertx = Vertx.vertx(options);
    }

    /// Returns when the connection has ended.
    ///
    /// @param broker where to
    /// @param path there
    /// @param tls who this is, and whom it believes
    /// @param heard what each message tells
    /// @throws IOException why it ended, or could not be made
    void follow(URI broker, String path, ClientSSLOptions tls, Consumer<Json> heard)
            throws IOException, InterruptedException {
        WebSocketClient client = vertx.createWebSocketClient(options());
        try {
            ClientWebSocket socket = client.webSocket();
            var over = new CompletableFuture<IOException>();
            socket.textMessageHandler(text -> hear(text, heard, over));
            socket.exceptionHandler(failure -> over.complete(new IOException(failure)));
            socket.closeHandler(_ -> over.complete(new IOException("the broker ended its feed")));
            connected(
                    socket.connect(connection(broker, path).setSslOptions(tls))
                            .toCompletionStage()
                            .toCompletableFuture());
            open = socket;
            throw over.get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            open = null;
            client.close();
        }
    }

    private static void hear(
            String text, Consumer<Json> heard, CompletableFuture<IOException> over) {
        if (over.isDone()) {
            return;
        }
        try {
            heard.accept(Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT));
        } catch (RuntimeException e) {
            over.complete(new IOException("the broker's feed is malformed", e));
        }
    }

    private static WebSocketClientOptions options() {
        var options =
                new WebSocketClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS_MAX)
                        .setTcpNoDelay(true)
                        .setMaxFrameSize(JsonLimits.DOCUMENT.bytesMax())
                        .setMaxMessageSize(JsonLimits.DOCUMENT.bytesMax());
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        return options;
    }

    /// Names are looked up as they are for other requests.
    private static WebSocketConnectOptions connection(URI broker, String path) throws IOException {
        int port = broker.getPort() < 0 ? TLS_PORT : broker.getPort();
        String host = broker.getHost();
        var address = new InetSocketAddress(InetAddress.getByName(host), port);
        return new WebSocketConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(address))
                .setHost(host)
                .setPort(port)
                .setURI(path)
                .setSsl(true)
                .setAllowOriginHeader(false)
                .setTimeout(ANSWER_MILLIS_MAX);
    }

    private static void connected(CompletableFuture<?> connecting)
            throws IOException, InterruptedException {
        try {
            connecting.get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case UpgradeRejectedException rejected ->
                        new IOException("the broker answers " + rejected.getStatus());
                case IOException known -> known;
                case null, default -> new IOException(e);
            };
        }
    }

    /// Says something, if the connection is open. It may be lost all the same.
    ///
    /// @return whether it was
    boolean say(Json message) {
        ClientWebSocket to = open;
        if (to == null || to.isClosed() || to.writeQueueFull()) {
            return false;
        }
        to.writeTextMessage(message.text());
        return true;
    }

    /// Ends the connection, if it is open.
    void drop() {
        ClientWebSocket was = open;
        if (was != null) {
            was.close(NORMAL);
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
