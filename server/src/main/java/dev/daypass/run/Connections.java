package dev.daypass.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Connections to servers, over TLS, used again while they are fresh. Thread-safe.
public final class Connections implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    /// An edge itself waits at most an hour for a service, and says so then.
    static final int ANSWER_MILLIS = 3_700_000;

    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final int FREE_MAX = 32;

    /// Servers close what nobody uses; what was used just now they have not closed.
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final SSLContext tls;
    private final LongSupplier nanoTime;
    private final Map<String, Deque<Wire>> free = new HashMap<>();
    private boolean closed;

    public Connections(SSLContext tls) {
        this(tls, System::nanoTime);
    }

    Connections(SSLContext tls, LongSupplier nanoTime) {
        this.tls = tls;
        this.nanoTime = nanoTime;
    }

    /// One that was used before; `null` where there is none.
    synchronized @Nullable Wire used(URI origin) {
        Deque<Wire> wires = free.get(origin.getAuthority());
        while (wires != null && !wires.isEmpty()) {
            Wire wire = wires.pop();
            if (nanoTime.getAsLong() - wire.freeSinceNanos() < FRESH_NANOS) {
                return wire;
            }
            wire.close();
        }
        return null;
    }

    /// A new one.
    Wire fresh(URI origin) throws IOException {
        int port = origin.getPort() < 0 ? 443 : origin.getPort();
        String host = origin.getHost().replaceAll("^\\[|]$", "");
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            plain.setSoTimeout(CONNECT_MILLIS);
            if (!(tls.getSocketFactory().createSocket(plain, host, port, true)
                    instanceof SSLSocket secure)) {
                throw new IOException("no tls");
            }
            // Asked for those that it has, it would look for the host's name in all of Unicode.
            var parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(PROTOCOLS);
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            secure.setSoTimeout(ANSWER_MILLIS);
            return new Wire(secure);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /// Gives one back whose last answer was read to its end.
    synchronized void free(URI origin, Wire wire) {
        try {
            wire.socket().setSoTimeout(ANSWER_MILLIS); // whoever had it may have been in a hurry
        } catch (IOException _) {
            wire.close();
            return;
        }
        Deque<Wire> wires = free.computeIfAbsent(origin.getAuthority(), _ -> new ArrayDeque<>());
        if (closed || wires.size() >= FREE_MAX) {
            wire.close();
            return;
        }
        wire.freeAt(nanoTime.getAsLong());
        wires.push(wire);
    }

    @Override
    public synchronized void close() {
        closed = true;
        free.values().forEach(wires -> wires.forEach(Wire::close));
        free.clear();
    }
}
