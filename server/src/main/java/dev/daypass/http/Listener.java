package dev.daypass.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A listening socket and the options it listens with.
public final class Listener {
    private static final int HEADER_LINE_CHARS_MAX = 16_384;

    /// Of the WebSocket protocols that are asked for, the first is agreed to; who forwards sees to
    /// it that this is right.
    private static final String ANY = "*";

    static {
        // RFC 9112, section 6.3: a message with both Content-Length and Transfer-Encoding is
        // refused. Left alone, the parser drops the first and goes on. Read once, when it loads.
        System.setProperty("io.netty.handler.codec.http.rfc9112TransferEncoding", "true");
    }

    private final HttpServerOptions options;
    private final Patience patience;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Listener(HttpServerOptions options, Patience patience) {
        this.options = options;
        this.patience = patience;
    }

    /// PEM texts for TLS.
    ///
    /// @param chain server certificate and its issuers
    /// @param key private key, PKCS#8
    /// @param clientAnchors issuers of client certificates; empty where none are asked for
    public record Tls(String chain, String key, String clientAnchors) {
        @Override
        public String toString() {
            return "Tls[redacted]";
        }
    }

    /// @param idleSeconds a connection on which nothing moves is closed after this
    /// @param headerBytesMax all header fields of a request together
    public static Listener plain(int idleSeconds, int headerBytesMax) {
        return plain(idleSeconds, headerBytesMax, Patience.USUAL);
    }

    /// The same for who may take longer, or not so long.
    public static Listener plain(int idleSeconds, int headerBytesMax, Patience patience) {
        return new Listener(
                new HttpServerOptions()
                        .setIdleTimeout(idleSeconds)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(1_024)
                        .setMaxHeaderSize(headerBytesMax)
                        .setMaxInitialLineLength(HEADER_LINE_CHARS_MAX)
                        .setWebSocketSubProtocols(List.of(ANY))
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false),
                patience);
    }

    /// Takes WebSocket messages up to a length.
    public Listener messages(int bytesMax) {
        options.setMaxWebSocketFrameSize(bytesMax).setMaxWebSocketMessageSize(bytesMax);
        return this;
    }

    /// TLS 1.3 with HTTP/2 and HTTP/1.1; client certificates are asked for, not insisted on, so
    /// that public endpoints work without one.
    public Listener secured(Tls tls) {
        return secured(tls, SessionTickets.none());
    }

    /// The same where clients may resume.
    public Listener secured(Tls tls, SessionTickets tickets) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setSslHandshakeTimeout(patience.handshake().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeyCertOptions(pem(tls));
        if (!tls.clientAnchors().isEmpty()) {
            options.setClientAuth(ClientAuth.REQUEST)
                    .setTrustOptions(
                            new PemTrustOptions().addCertValue(Buffer.buffer(tls.clientAnchors())));
        }
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(tickets.engine());
        }
        return this;
    }

    private static PemKeyCertOptions pem(Tls tls) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(tls.chain()))
                .addKeyValue(Buffer.buffer(tls.key()));
    }

    /// More than the parser takes: it counts neither line ends, at most as many bytes as the rest
    /// of a line, nor the line of the request.
    private int headBytesMax() {
        return 2 * (options.getMaxHeaderSize() + HEADER_LINE_CHARS_MAX);
    }

    /// Makes what handles requests, once for each event loop, on it.
    @FunctionalInterface
    public interface Loop {
        Dispatcher dispatcher(Vertx vertx);
    }

    /// Binds once for each event loop.
    ///
    /// @return the port, once all are bound
    public Future<Bound> bind(Vertx vertx, String host, int port, int loops, Loop loop) {
        var servers = new ArrayList<HttpServer>();
        Future<Bound> first = deploy(vertx, host, port, loop, servers);
        for (int i = 1; i < loops; i++) {
            first =
                    first.compose(bound ->
                            deploy(vertx, host, bound.port(), loop, servers).map(_ -> bound));
        }
        return first;
    }

    private Future<Bound> deploy(
            Vertx vertx, String host, int port, Loop loop, List<HttpServer> servers) {
        var verticle = new Instance(host, port, loop);
        return vertx.deployVerticle(verticle)
                .map(_ -> {
                    HttpServer server = java.util.Objects.requireNonNull(verticle.server);
                    servers.add(server);
                    return new Bound(server.actualPort(), servers, stopping, options);
                });
    }

    /// A bound listener.
    ///
    /// @param port where it listens
    /// @param servers one for each event loop
    /// @param stopping whether answers say that their connection ends
    /// @param options it listens with
    public record Bound(
            int port, List<HttpServer> servers, AtomicBoolean stopping, HttpServerOptions options) {
        /// Shows another certificate to those who connect from now on.
        public Future<?> show(Tls tls) {
            var next = new HttpServerOptions(options).setKeyCertOptions(pem(tls));
            return Future.join(
                    servers.stream()
                            .map(server -> server.updateSSLOptions(next.getSslOptions()))
                            .toList());
        }

        /// Takes no new connections, and closes the others when their requests are answered or the
        /// time is up.
        public Future<?> drain(Duration time) {
            stopping.set(true);
            return Future.join(servers.stream().map(s -> s.shutdown(time)).toList());
        }
    }

    private final class Instance extends io.vertx.core.VerticleBase {
        private final String host;
        private final int port;
        private final Loop loop;
        private @Nullable HttpServer server;

        Instance(String host, int port, Loop loop) {
            this.host = host;
            this.port = port;
            this.loop = loop;
        }

        @Override
        public Future<?> start() {
            Dispatcher dispatcher = loop.dispatcher(vertx);
            HttpServer made =
                    vertx.createHttpServer(new HttpServerOptions(options))
                            .requestHandler(request -> dispatcher.handle(request, patience.body()))
                            .connectionHandler(this::watch)
                            .invalidRequestHandler(Dispatcher::unreadable)
                            .exceptionHandler(_ -> {});
            server = made;
            return made.listen(port, host);
        }

        private void watch(HttpConnection connection) {
            if (stopping.get()) {
                connection.close(); // its handshake ended after the farewell to the others
                return;
            }
            Farewell.watch(connection, stopping);
            SlowReader.watch(connection, patience.reader());
            StrictBytes.watch(connection, headBytesMax(), patience.head());
        }
    }
}
