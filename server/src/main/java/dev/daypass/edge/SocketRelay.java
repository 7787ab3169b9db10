package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Passed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Passes the messages of a WebSocket on, each at the pace of its reader: whole, counted, and
/// without what must not reach the agent. Each side answers pings by itself, and they go to the
/// other, too, so that neither connection looks idle. On the call's event loop.
final class SocketRelay implements Exchange.Stream {
    /// RFC 6455, section 7.4.1.
    static final short NORMAL = 1000;

    static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;
    private static final short TOO_BIG = 1009;
    private static final short INTERNAL = 1011;
    private static final int REASON_BYTES_MAX = 123;

    private final ServerWebSocket agent;
    private final WebSocket service;
    private final Scrubber scrubber;
    private final Fact.CallMade opened;
    private long messagesToService;
    private long bytesToService;
    private long messagesToAgent;
    private long bytesToAgent;

    SocketRelay(ServerWebSocket agent, WebSocket service, Scrubber scrubber, Fact.CallMade opened) {
        this.agent = agent;
        this.service = service;
        this.scrubber = scrubber;
        this.opened = opened;
    }

    void run(Exchange exchange, EdgeParts parts) {
        exchange.stream(this);
        LimitSettings limits = parts.protection().limits();
        service.textMessageHandler(text -> toAgent(utf8(text), true, limits, exchange));
        service.binaryMessageHandler(bytes -> toAgent(bytes, false, limits, exchange));
        long bytesMax = parts.limits().bodyBytesMax();
        agent.textMessageHandler(text -> toService(utf8(text), true, bytesMax, exchange));
        agent.binaryMessageHandler(bytes -> toService(bytes, false, bytesMax, exchange));
        passPings(agent, service);
        passPings(service, agent);
        agent.exceptionHandler(_ -> end(exchange, TOO_BIG, "the agent's message is not passed on"));
        service.exceptionHandler(
                _ -> end(exchange, TOO_BIG, "the service's message is not passed on"));
        agent.closeHandler(_ -> closed(agent, service, exchange, GOING_AWAY));
        service.closeHandler(_ -> closed(service, agent, exchange, INTERNAL));
        service.resume();
        agent.resume();
    }

    private static Buffer utf8(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private void toService(Buffer message, boolean text, long bytesMax, Exchange exchange) {
        messagesToService++;
        bytesToService += message.length();
        if (bytesToService > bytesMax) {
            end(exchange, POLICY, "more was sent than may be");
        } else {
            pass(message, text, agent, service);
        }
    }

    private void toAgent(Buffer message, boolean text, LimitSettings limits, Exchange exchange) {
        messagesToAgent++;
        bytesToAgent += message.length();
        if (bytesToAgent > limits.answerBytesMax()) {
            end(exchange, POLICY, "more was answered than may be");
        } else {
            pass(scrubbed(message), text, service, agent);
        }
    }

    /// A message is whole: nothing that begins in it ends in the next.
    private Buffer scrubbed(Buffer message) {
        return scrubber.idle()
                ? message
                : Buffer.buffer()
                        .appendBuffer(scrubber.next(message))
                        .appendBuffer(scrubber.rest());
    }

    private static void pass(Buffer message, boolean text, WebSocketBase from, WebSocketBase to) {
        if (text) {
            to.writeTextMessage(message.toString(StandardCharsets.UTF_8));
        } else {
            to.writeBinaryMessage(message);
        }
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(_ -> from.resume());
        }
    }

    private static void passPings(WebSocketBase from, WebSocketBase to) {
        from.frameHandler(frame -> {
            if (frame.isPing() && !to.isClosed() && !to.writeQueueFull()) {
                to.writePing(Buffer.buffer());
            }
        });
    }

    private void closed(
            WebSocketBase one, WebSocketBase other, Exchange exchange, short where1005) {
        Short code = one.closeStatusCode();
        boolean said = code != null && code != 1005 && code != 1006 && code != 1015;
        String reason = one.closeReason();
        close(other, said ? code : code != null && code == 1005 ? NORMAL : where1005, reason);
        exchange.settle();
    }

    private void end(Exchange exchange, short code, String why) {
        close(agent, code, why);
        close(service, GOING_AWAY, "");
        exchange.settle();
    }

    static void close(WebSocketBase socket, short code, @Nullable String reason) {
        if (!socket.isClosed()) {
            socket.resume();
            socket.close(code, reason == null ? "" : clipped(reason));
        }
    }

    private static String clipped(String reason) {
        return reason.getBytes(StandardCharsets.UTF_8).length <= REASON_BYTES_MAX ? reason : "";
    }

    @Override
    public Fact.CallMade made() {
        return opened.with(
                new Passed(messagesToService, bytesToService, messagesToAgent, bytesToAgent));
    }

    @Override
    public boolean cut() {
        close(agent, POLICY, "the account ended");
        close(service, GOING_AWAY, "");
        return true;
    }
}
