package dev.daypass.run;

import dev.daypass.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The agent API of one server, with the agent's own certificate.
public final class AgentApi {
    private static final List<String> REPEATABLE = List.of("/lease", "/complete");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    private final Connections connections;
    private final URI server;
    private final Duration patience;
    private final AtomicReference<@Nullable Wire> ahead = new AtomicReference<>();

    public AgentApi(Connections connections, URI server) {
        this(connections, server, PATIENCE);
    }

    private AgentApi(Connections connections, URI server, Duration patience) {
        this.connections = connections;
        this.server = server;
        this.patience = patience;
    }

    /// The same, for what must not wait long for an answer.
    AgentApi within(Duration time) {
        return new AgentApi(connections, server, time);
    }

    /// Connects before there is something to send.
    ///
    /// @throws IOException if nobody answers
    public void connect() throws IOException {
        ahead.set(connections.fresh(server));
    }

    /// @throws IOException if nobody answers
    public Reply send(String method, String path, @Nullable Json body) throws IOException {
        // What may not be done twice is asked once: an answer that is lost must not open another
        // account, nor try a widening again.
        boolean again = method.equals("GET") || REPEATABLE.stream().anyMatch(path::endsWith);
        Wire used = again ? connections.used(server) : null;
        if (used != null) {
            try {
                return send(used, method, path, body);
            } catch (IOException _) {
                used.close(); // it was closed meanwhile, or not: a new one tells
            }
        }
        Wire unused = ahead.getAndSet(null);
        return send(unused == null ? connections.fresh(server) : unused, method, path, body);
    }

    /// A connection of its own, on which an answer to a GET comes.
    ///
    /// @param last id of the last event that was seen
    Wire follow(String path, Optional<String> last) throws IOException {
        Wire wire = connections.fresh(server);
        try {
            Head head =
                    new Head(
                            "GET " + path + " HTTP/1.1",
                            List.of(new Head.Field("Host", server.getAuthority())));
            wire.send(last.map(id -> head.with("Last-Event-ID", id)).orElse(head));
            wire.out().flush();
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private Reply send(Wire wire, String method, String path, @Nullable Json body)
            throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.bytes();
        var fields = new ArrayList<Head.Field>();
        fields.add(new Head.Field("Host", server.getAuthority()));
        if (body != null) {
            fields.add(new Head.Field("Content-Type", "application/json"));
        }
        fields.add(new Head.Field("Content-Length", Integer.toString(bytes.length)));
        try {
            wire.socket().setSoTimeout((int) patience.toMillis());
            wire.send(new Head(method + " " + path + " HTTP/1.1", fields));
            wire.out().write(bytes);
            wire.out().flush();
            return read(wire, method);
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private Reply read(Wire wire, String method) throws IOException {
        try {
            Head head = Head.read(wire.in());
            if (head == null) {
                throw new EOFException("it closed the connection without an answer");
            }
            int status = Answers.status(head);
            Body framing = Body.ofAnswer(head, method, status);
            var body = new Bounded();
            framing.content(wire.in(), body);
            if (framing instanceof Body.UntilClosed || head.lists("connection", "close")) {
                wire.close();
            } else {
                connections.free(server, wire);
            }
            return new Reply(status, head, body.toByteArray());
        } catch (MalformedMessage e) {
            throw new IOException("its answer is not http: " + e.why());
        }
    }

    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (kept.size() + length > BODY_BYTES_MAX) {
                throw new IOException("the server's answer is too long");
            }
            kept.write(bytes, from, length);
        }

        byte[] toByteArray() {
            return kept.toByteArray();
        }
    }
}
