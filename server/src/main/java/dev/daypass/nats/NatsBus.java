package dev.daypass.nats;

import dev.daypass.store.Bus;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus over NATS. It only makes things fast: what is lost on it is read from the database, and
/// while it is away everything goes through the database. Thread-safe.
public final class NatsBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(5);

    private final Where where;
    private final Letters letters;
    private final Bus otherwise;
    private final Ear ear;
    private final Consumer<Boolean> reached;
    private final Map<String, AtomicLong> dropped = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Connection connection;
    private volatile boolean connected;
    private volatile boolean closed;

    /// Where it is, and as whom.
    ///
    /// @param url `nats://…` or `tls://…`
    /// @param user empty for none
    /// @param password of the user
    /// @param subject of this deployment
    public record Where(String url, String user, String password, String subject) {
        @Override
        public String toString() {
            return "Where[" + url + "]";
        }
    }

    /// Who speaks, and how it is known.
    ///
    /// @param name of this server, never used before
    /// @param code the authentication code of a text, under a key of the deployment
    /// @param clock wall clock
    public record Seal(String name, Function<String, byte[]> code, InstantSource clock) {}

    /// @param otherwise says it where this cannot
    /// @param reached told whether the server is reached, whenever that changes
    public NatsBus(Where where, Seal seal, Bus otherwise, Ear ear, Consumer<Boolean> reached) {
        this.where = where;
        this.letters = new Letters(seal.name(), where.subject(), seal.code(), seal.clock());
        this.otherwise = otherwise;
        this.ear = ear;
        this.reached = reached;
        connect();
    }

    private void connect() {
        var options =
                Options.builder()
                        .server(where.url())
                        .connectionName("daypass")
                        .noEcho()
                        .maxReconnects(-1)
                        .reconnectWait(AGAIN)
                        .connectionTimeout(ASKED_EVERY)
                        .pingInterval(ASKED_EVERY)
                        .connectionListener(this::changed)
                        .errorListener(new Quiet());
        if (!where.user().isEmpty()) {
            options.userInfo(where.user().toCharArray(), where.password().toCharArray());
        }
        try {
            Nats.connectAsynchronously(options.build(), true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void changed(Connection of, Events event) {
        switch (event) {
            case CONNECTED -> {
                connection = of;
                Dispatcher hearing = of.createDispatcher(message -> heard(message.getData()));
                hearing.subscribe(where.subject());
                taken(of);
                reach(true);
            }
            case RESUBSCRIBED -> reach(true);
            case DISCONNECTED, CLOSED -> reach(false);
            default -> {}
        }
        if (closed) {
            shut(of);
        }
    }

    /// Waits until the server has taken the subscription in: what others say before is not heard.
    /// The library does the same before it says [Events#RESUBSCRIBED].
    private static void taken(Connection by) {
        try {
            by.flush(ASKED_EVERY);
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debug("NATS does not answer: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void reach(boolean now) {
        if (now != connected && !closed) {
            if (now) {
                LOG.info("NATS is reached at {}", where.url());
            } else {
                LOG.warn(
                        "NATS at {} is away; servers tell each other through the database",
                        where.url());
            }
        }
        connected = now;
        reached.accept(now);
        ear.wrote(); // what was said meanwhile is in the database
    }

    void heard(byte[] letter) {
        switch (letters.open(letter)) {
            case Letters.Opened.Good(var text) -> {
                if (text.isEmpty()) {
                    ear.wrote();
                } else {
                    ear.said(text);
                }
            }
            case Letters.Opened.Dropped(var why) -> {
                dropped.computeIfAbsent(why, _ -> new AtomicLong()).incrementAndGet();
                if (told.add(why)) {
                    LOG.warn("a message on NATS is not one of our servers': {}; dropped", why);
                }
            }
        }
    }

    /// Something was written here.
    public void wrote() {
        publish("");
    }

    @Override
    public void say(String message) {
        if (!publish(message)) {
            otherwise.say(message);
        }
    }

    private boolean publish(String text) {
        Connection to = connection;
        if (to == null || !connected) {
            return false;
        }
        try {
            // Numbered and sent in one go: what is overtaken counts as repeated.
            synchronized (letters) {
                to.publish(where.subject(), letters.write(text));
            }
            return true;
        } catch (IllegalStateException e) {
            LOG.debug("NATS: {}", e.getMessage());
            return false;
        }
    }

    /// Whether the server is reached.
    public boolean connected() {
        return connected;
    }

    /// How many messages were dropped, by why.
    public long dropped(String why) {
        AtomicLong count = dropped.get(why);
        return count == null ? 0 : count.get();
    }

    @Override
    public void close() {
        closed = true;
        Connection to = connection;
        if (to != null) {
            shut(to);
        }
        otherwise.close();
    }

    private static void shut(Connection connection) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        connection.close();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /// The library's own would write to another log.
    private static final class Quiet implements ErrorListener {
        @Override
        public void errorOccurred(Connection conn, String error) {
            LOG.debug("NATS: {}", error);
        }

        @Override
        public void exceptionOccurred(Connection conn, Exception e) {
            LOG.debug("NATS: {}", String.valueOf(e.getMessage()));
        }
    }
}
