package dev.daypass.store.sql;

import dev.daypass.store.Bus;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus that needs nothing but the database: its notifications. Whether or not any comes, its
/// ear is told every half second to look.
final class PostgresBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBus.class);
    private static final String SAID = "daypass_said";
    private static final int POLL_MILLIS = 500;
    private static final int QUEUE_MAX = 1_000;

    private final PostgresDatabase database;
    private final String name;
    private final Ear ear;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread listening;
    private final Thread saying;
    private volatile boolean closed;

    /// Listens from now on: what is said after this is heard.
    ///
    /// @param name of this server: what it says itself it does not hear
    /// @throws SQLException if the database cannot be listened to
    PostgresBus(PostgresDatabase database, String name, Ear ear) throws SQLException {
        this.database = database;
        this.name = name;
        this.ear = ear;
        Connection first = listener();
        this.listening =
                Thread.ofPlatform().daemon().name("daypass-ear").start(() -> listen(first));
        this.saying = Thread.ofPlatform().daemon().name("daypass-bus").start(this::sayAll);
    }

    @Override
    public void say(String message) {
        if (message.getBytes(StandardCharsets.UTF_8).length > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("too long for the bus");
        }
        queue.offer(message); // where nothing gets through, leases run out instead
    }

    private Connection listener() throws SQLException {
        Connection connection = database.session();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + PostgresDatabase.WROTE);
            statement.execute("LISTEN " + SAID);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void listen(Connection first) {
        @Nullable Connection next = first;
        while (!closed) {
            try (Connection connection = next == null ? listener() : next) {
                next = null;
                var notifying = connection.unwrap(PGConnection.class);
                while (!closed) {
                    hear(notifying.getNotifications(POLL_MILLIS));
                }
            } catch (SQLException e) {
                LOG.debug("listening to the database: {}", e.getMessage());
                ear.wrote();
                pause();
            }
        }
    }

    private void hear(PGNotification @Nullable [] notifications) {
        boolean wrote = notifications == null || notifications.length == 0;
        if (notifications != null) {
            for (PGNotification each : notifications) {
                if (each.getName().equals(SAID)) {
                    said(each.getParameter());
                } else {
                    wrote |= !each.getParameter().equals(name);
                }
            }
        }
        if (wrote) {
            ear.wrote();
        }
    }

    private void said(String parameter) {
        int at = parameter.indexOf(' ');
        if (at > 0 && !parameter.substring(0, at).equals(name)) {
            ear.said(parameter.substring(at + 1));
        }
    }

    private void sayAll() {
        while (!closed) {
            try (Connection connection = database.session();
                    PreparedStatement notify =
                            connection.prepareStatement("SELECT pg_notify(?, ?)")) {
                while (!closed) {
                    String next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        notify.setString(1, SAID);
                        notify.setString(2, name + " " + next);
                        notify.execute();
                    }
                }
            } catch (SQLException e) {
                LOG.debug("telling other servers: {}", e.getMessage());
                pause();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException _) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        listening.interrupt();
        saying.interrupt();
    }
}
