package dev.daypass.stdio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Streamable HTTP on loopback in front of servers that speak over standard input and output, so
/// that the edge has one way to speak to all. Nobody but this process knows the secret that opens
/// it.
public final class StdioBridge implements AutoCloseable {
    private static final String SESSION = "mcp-session-id";
    private static final int SECRET_BYTES = 32;

    private final StdioServers servers;
    private final HttpServer http;
    private final String secret;

    private StdioBridge(StdioServers servers, HttpServer http, String secret) {
        this.servers = servers;
        this.http = http;
        this.secret = secret;
    }

    /// @throws IOException if there is no port
    public static StdioBridge start(StdioServers servers) throws IOException {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var bridge = new StdioBridge(servers, http, "Bearer " + Base64Url.encode(bytes));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", bridge::serve);
        http.start();
        return bridge;
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /// What a request must show.
    public String authorization() {
        return secret;
    }

    /// Ends what an id stands for, if it is one of ours.
    public void end(String session) {
        servers.end(session);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String shown = exchange.getRequestHeaders().getFirst("authorization");
            if (shown == null
                    || !MessageDigest.isEqual(
                            shown.getBytes(StandardCharsets.UTF_8),
                            secret.getBytes(StandardCharsets.UTF_8))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String id = exchange.getRequestHeaders().getFirst(SESSION);
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange, id);
                case "GET" -> follow(exchange, id);
                default -> {
                    if (id != null) {
                        servers.end(id);
                    }
                    exchange.sendResponseHeaders(200, -1);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange, @Nullable String id)
            throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(MessageReader.CLIENT_BYTES_MAX + 1);
        if (!(MessageReader.ofClient().read(body)
                instanceof MessageReader.Reading.Messages(var all, var _, var _))) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        String at = id == null ? begun(exchange, all.getFirst()) : id;
        StdioSession session = at == null ? null : servers.find(at);
        if (at == null || session == null) {
            exchange.sendResponseHeaders(id == null ? 503 : 404, -1);
            return;
        }
        List<String> keys =
                all.stream()
                        .filter(Message.Request.class::isInstance)
                        .map(message -> ((Message.Request) message).key())
                        .toList();
        StdioSession.Listener listener = session.listen(keys);
        try {
            for (Message message : all) {
                session.send(message);
            }
            exchange.getResponseHeaders().set(SESSION, at);
            if (keys.isEmpty()) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                relay(exchange, listener, keys.size());
            }
        } finally {
            session.leave(listener);
        }
    }

    private @Nullable String begun(HttpExchange exchange, Message first) {
        boolean begins =
                first instanceof Message.Request(var _, var method, var _)
                        && method.equals("initialize");
        String name = exchange.getRequestURI().getPath().substring(1);
        return begins ? servers.begin(name) : null;
    }

    private void follow(HttpExchange exchange, @Nullable String id)
            throws IOException, InterruptedException {
        StdioSession session = id == null ? null : servers.find(id);
        if (session == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        // Who asks hears what belongs to that; there is nothing besides.
        exchange.sendResponseHeaders(405, -1);
    }

    /// Passes on what is heard until all answers are there.
    private static void relay(HttpExchange exchange, StdioSession.Listener listener, int answers)
            throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        OutputStream out = null;
        int open = answers;
        while (open > 0) {
            switch (listener.next()) {
                case StdioSession.Heard.Over _ -> {
                    if (out == null) {
                        exchange.sendResponseHeaders(502, -1);
                    }
                    return;
                }
                case StdioSession.Heard.Said(var message) -> {
                    if (out == null) {
                        exchange.sendResponseHeaders(200, 0);
                        out = exchange.getResponseBody();
                    }
                    String event = "data: " + message.json().text() + "\n\n";
                    out.write(event.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    open -= message instanceof Message.Reply ? 1 : 0;
                }
            }
        }
    }

    @Override
    public void close() {
        servers.close();
        http.stop(0);
    }
}
