package dev.daypass.edge;

import dev.daypass.http.ConnectLimit;
import dev.daypass.http.Problem;
import dev.daypass.ledger.Fact;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// Forwards calls that ask for a WebSocket (RFC 6455): the handshake is judged as the GET that it
/// is, made anew with the service, with its credential, and only then agreed to with the agent.
/// What is said afterwards is for [SocketRelay]. Compression is agreed to with neither side, and of
/// several subprotocols the first that the agent asks for is.
final class Sockets {
    private static final String PROTOCOL = "sec-websocket-protocol";
    private static final List<String> OF_THE_HANDSHAKE =
            List.of(
                    "sec-websocket-key",
                    "sec-websocket-version",
                    "sec-websocket-extensions",
                    PROTOCOL,
                    "accept-encoding");

    private final EdgeParts parts;
    private final OutgoingFields outgoing;
    private final WebSocketClient client;

    Sockets(EdgeParts parts, OutgoingFields outgoing, Vertx vertx) {
        this.parts = parts;
        this.outgoing = outgoing;
        int connectMillis = Math.toIntExact(parts.limits().connectTimeout().toMillis());
        int bytesMax = parts.protection().limits().messageBytesMax();
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxConnections(parts.protection().limits().serviceCalls())
                                .setMaxFrameSize(bytesMax)
                                .setMaxMessageSize(bytesMax)
                                .setConnectTimeout(connectMillis)
                                .setSslHandshakeTimeout(connectMillis)
                                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setIdleTimeout((int) parts.limits().idleTimeout().toSeconds())
                                .setVerifyHost(true));
    }

    /// Whether a request asks for a WebSocket (RFC 6455, section 4.1).
    static boolean askedFor(HttpServerRequest request) {
        String upgrade = request.getHeader("upgrade");
        return upgrade != null
                && upgrade.equalsIgnoreCase("websocket")
                && request.version() == HttpVersion.HTTP_1_1;
    }

    void forward(Call.Permitted call, Exchange exchange, Injection injection) {
        HttpServerRequest request = call.arrived().request();
        if (!request.canUpgradeToWebSocket()
                || !"13".equals(request.getHeader("sec-websocket-version"))) {
            exchange.refund(call);
            exchange.refuse(
                    parts.refusals()
                            .malformed(
                                    "forward", "this is no handshake of a WebSocket, version 13"));
            return;
        }
        if (!call.by().answer().isNone()) {
            exchange.refund(call);
            exchange.refuse(
                    parts.refusals()
                            .notPermitted(
                                    call.arrived().service().value(),
                                    call.account().value(),
                                    "what is said on a WebSocket cannot be limited, and this account sees less than all of it"));
            return;
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        Needles echoes = outgoing.fill(call, injection, request.headers(), headers);
        OF_THE_HANDSHAKE.forEach(headers::remove);
        var options =
                new WebSocketConnectOptions(UpstreamTarget.options(call, injection).toJson())
                        .setHeaders(headers)
                        .setAllowOriginHeader(false)
                        .setTimeout(parts.limits().responseTimeout().toMillis());
        options.setSslOptions(injection.means().tls());
        String asked = firstProtocol(request);
        if (!asked.isEmpty()) {
            options.addSubProtocol(asked);
        }
        client.connect(options)
                .onComplete(
                        service -> agree(call, exchange, new Scrubber(echoes), service),
                        failure -> refused(call, exchange, failure));
    }

    private static String firstProtocol(HttpServerRequest request) {
        String asked = request.getHeader(PROTOCOL);
        return asked == null ? "" : asked.split(",", 2)[0].strip();
    }

    private void refused(Call.Permitted call, Exchange exchange, Throwable failure) {
        if (failure instanceof UpgradeRejectedException rejected) {
            parts.protection().connected(call.verified().from().route());
            exchange.refuse(
                    parts.refusals()
                            .badUpstream(
                                    502,
                                    "the service answered %d and did not agree to a WebSocket"
                                            .formatted(rejected.getStatus())));
            return;
        }
        if (notConnected(failure)) {
            parts.protection().failed(call.verified().from().route());
        }
        exchange.refund(call);
        exchange.refuse(
                failure instanceof ConnectLimit.Forbidden
                        ? parts.refusals().leadsElsewhere()
                        : parts.refusals()
                                .badUpstream(502, "the service cannot be reached for a WebSocket"));
    }

    private static boolean notConnected(Throwable failure) {
        return !(failure instanceof ConnectLimit.Forbidden)
                && (failure instanceof ConnectException
                        || failure instanceof UnknownHostException
                        || failure instanceof SSLException);
    }

    private void agree(
            Call.Permitted call, Exchange exchange, Scrubber scrubber, WebSocket service) {
        service.pause();
        HttpServerRequest request = call.arrived().request();
        if (exchange.isOver()) {
            SocketRelay.close(service, SocketRelay.GOING_AWAY, "");
            return;
        }
        parts.protection().connected(call.verified().from().route());
        var made =
                new Fact.CallMade(
                        call.arrived().service(),
                        call.by().operation().name(),
                        call.canonical().method() + " " + call.canonical().path(),
                        101,
                        exchange.micros());
        exchange.answered(made);
        // The listener agrees to the first that is asked for: so the agent asks for what was
        // agreed.
        String agreed = service.subProtocol();
        request.headers().remove(PROTOCOL);
        if (agreed != null) {
            request.headers().set(PROTOCOL, agreed);
        }
        request.headers().remove("sec-websocket-extensions");
        request.toWebSocket()
                .onComplete(
                        agent ->
                                new SocketRelay(agent, service, scrubber, made)
                                        .run(exchange, parts),
                        _ -> {
                            SocketRelay.close(service, SocketRelay.GOING_AWAY, "");
                            exchange.refuse(
                                    Problem.malformed("the handshake failed").at("forward"));
                        });
    }
}
