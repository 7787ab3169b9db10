package dev.daypass.http;

import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.vertx.core.Vertx;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// Lets a client that proved its key a short while ago come back without signing again (RFC 8446,
/// section 2.2). The ticket holds the certificate that was proved and only this server can read it;
/// nothing is stored here. Each resumption exchanges new keys (`psk_dhe_ke`), and nothing is read
/// before the handshake has ended (no early data). Thread-safe.
///
/// The key that seals tickets is replaced twice in their lifetime and the last two are known: a
/// ticket is good for half its lifetime at least.
public final class SessionTickets {
    private static final int KEYS = 2;

    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final Deque<byte[]> keys = new ArrayDeque<>();
    private final List<OpenSslSessionContext> contexts = new ArrayList<>();

    private SessionTickets(Duration lifetime) {
        this.lifetime = lifetime;
        if (resume()) {
            renew();
        }
    }

    /// No tickets: every connection proves its key.
    static SessionTickets none() {
        return new SessionTickets(Duration.ZERO);
    }

    /// Tickets that are good for a time.
    ///
    /// @param lifetime at most so long after the handshake; zero for no tickets
    /// @param vertx renews the keys
    public static SessionTickets lasting(Duration lifetime, Vertx vertx) {
        var tickets = new SessionTickets(lifetime);
        if (tickets.resume()) {
            vertx.setPeriodic(lifetime.dividedBy(KEYS).toMillis(), _ -> tickets.renew());
        }
        return tickets;
    }

    private boolean resume() {
        return !lifetime.isZero();
    }

    /// Makes a new key, and forgets the one before the last.
    synchronized void renew() {
        byte[] key = new byte[OpenSslSessionTicketKey.TICKET_KEY_SIZE];
        random.nextBytes(key);
        keys.addFirst(key);
        if (keys.size() > KEYS) {
            Arrays.fill(keys.removeLast(), (byte) 0);
        }
        contexts.forEach(this::give);
    }

    private void give(OpenSslSessionContext context) {
        context.setTicketKeys(
                keys.stream().map(SessionTickets::split).toArray(OpenSslSessionTicketKey[]::new));
    }

    private static OpenSslSessionTicketKey split(byte[] key) {
        int name = OpenSslSessionTicketKey.NAME_SIZE;
        int mac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(key, name),
                Arrays.copyOfRange(key, name, mac),
                Arrays.copyOfRange(key, mac, key.length));
    }

    private synchronized SslContext join(SslContext context) {
        if (!resume()) {
            return new WithoutTickets(context);
        }
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            contexts.add(sessions);
            give(sessions);
        }
        return context;
    }

    /// BoringSSL gives tickets even where there is no session cache, under a key of its own, unless
    /// a connection is told not to.
    private static final class WithoutTickets extends DelegatingSslContext {
        WithoutTickets(SslContext context) {
            super(context);
        }

        @Override
        protected void initEngine(SSLEngine engine) {
            if (engine instanceof ReferenceCountedOpenSslEngine open) {
                SSL.setOptions(open.sslPointer(), SSL.SSL_OP_NO_TICKET);
            }
        }
    }

    /// BoringSSL without a session cache, whose tickets are these.
    OpenSSLEngineOptions engine() {
        return new Engine(this);
    }

    private static final class Engine extends OpenSSLEngineOptions {
        private final SessionTickets tickets;

        Engine(SessionTickets tickets) {
            this.tickets = tickets;
            setSessionCacheEnabled(false);
        }

        @Override
        public OpenSSLEngineOptions copy() {
            return new Engine(tickets);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
                @Override
                public SslContext create() throws SSLException {
                    return tickets.join(super.create());
                }
            };
        }
    }
}
