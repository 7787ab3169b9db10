package dev.daypass.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket (RFC 6455) that one of our routes agreed to. What is said is sent at once; a ping
/// every 15 seconds keeps the connection from looking idle. Who does not take what is sent, or
/// sends what is not understood, is let go. Thread-safe.
public final class TalkSocket {
    private static final Logger LOG = LoggerFactory.getLogger(TalkSocket.class);
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    // RFC 6455, section 7.4.1.
    private static final short NORMAL = 1000;
    private static final short POLICY = 1008;

    private final ServerWebSocket socket;
    private final Talk talk;
    private final Context context;
    private final AtomicBoolean over = new AtomicBoolean();
    private final long keepAlive;

    private TalkSocket(ServerWebSocket socket, Talk talk) {
        this.socket = socket;
        this.talk = talk;
        this.context = Objects.requireNonNull(Vertx.currentContext());
        this.keepAlive =
                context.owner()
                        .setPeriodic(KEEP_ALIVE_MILLIS, _ -> socket.writePing(Buffer.buffer()));
    }

    /// Whether a request is the handshake of one (RFC 6455, section 4.1).
    static boolean askedFor(HttpServerRequest request) {
        return request.canUpgradeToWebSocket()
                && "13".equals(request.getHeader("sec-websocket-version"));
    }

    /// Agrees to what was asked for, on the request's event loop.
    static void over(HttpServerRequest request, Talk talk) {
        // Nothing but messages is agreed to.
        request.headers().remove("sec-websocket-protocol").remove("sec-websocket-extensions");
        request.toWebSocket()
                .onComplete(
                        socket -> new TalkSocket(socket, talk).begin(),
                        failure -> {
                            LOG.debug("no websocket: {}", failure.getMessage());
                            talk.close();
                        });
    }

    private void begin() {
        socket.textMessageHandler(this::heard);
        socket.binaryMessageHandler(_ -> end(POLICY));
        socket.exceptionHandler(_ -> end(POLICY));
        socket.closeHandler(_ -> finish());
        talk.begin(this);
    }

    private void heard(String text) {
        if (over.get()) {
            return;
        }
        try {
            talk.heard(text);
        } catch (RuntimeException e) {
            LOG.debug("what came is not understood: {}", e.getMessage());
            end(POLICY);
        }
    }

    /// Sends a text message.
    public void send(String text) {
        context.runOnContext(_ -> write(text));
    }

    private void write(String text) {
        if (over.get()) {
            return;
        }
        if (socket.writeQueueFull()) {
            end(POLICY);
            return;
        }
        socket.writeTextMessage(text);
    }

    /// Ends it after what was sent before.
    public void end() {
        context.runOnContext(_ -> end(NORMAL));
    }

    private void end(short code) {
        if (finish()) {
            socket.close(code);
        }
    }

    private boolean finish() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        context.owner().cancelTimer(keepAlive);
        talk.close();
        return true;
    }
}
