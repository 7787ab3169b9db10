package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import dev.daypass.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL database that several servers may write, one transaction after the other: each
/// first locks the sequencer's row, and goes on from what it finds there.
final class PostgresDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String MIGRATIONS = "classpath:dev/daypass/store/postgres/migration";

    /// Tells the other servers of this database that there is something new; names who wrote.
    static final String WROTE = "daypass_wrote";

    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// Who stops in mid-transaction must not stop the others.
    private static final String OPTIONS = "-c idle_in_transaction_session_timeout=5000";

    private final String url;
    private final String notice;
    private final PostgresParts.Widths widths;
    private volatile boolean quiet;
    private Instant looked = Instant.EPOCH;
    private String below = "";
    private final Properties login = new Properties();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private PostgresDatabase(PostgresStore.Place place, String name, PostgresParts.Widths widths) {
        this.widths = widths;
        this.url = place.url();
        this.notice = "NOTIFY %s, '%s'".formatted(WROTE, name);
        login.setProperty("user", place.user());
        login.setProperty("password", place.password());
        login.setProperty("connectTimeout", CONNECT_SECONDS);
        // A commit whose answer does not come must not be waited for without end.
        login.setProperty("socketTimeout", ANSWER_SECONDS);
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "daypass");
        login.setProperty("options", OPTIONS);
    }

    /// @param name of this writer, letters and digits: another for each life of a server
    /// @param now what time it is
    /// @param widths of the parts that it is kept in
    static PostgresDatabase open(
            PostgresStore.Place place, String name, Instant now, PostgresParts.Widths widths) {
        var database = new PostgresDatabase(place, name, widths);
        try {
            Flyway.configure()
                    .dataSource(place.url(), place.user(), place.password())
                    .locations(MIGRATIONS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            database.begin(now);
            return database;
        } catch (FlywayException | SQLException e) {
            throw new StoreUnavailable(
                    "database %s cannot be opened: %s"
                            .formatted(place.url(), Database.firstLine(e)),
                    e);
        }
    }

    /// There is a row to lock even before the first fact.
    private void begin(Instant now) throws SQLException {
        try (Connection connection = session();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO sequencer (id, size, frontier) VALUES (1, 0, '') ON CONFLICT DO NOTHING");
        }
        try (var sql = new Statements(this::session)) {
            new PostgresParts(sql, widths).make(now);
        } catch (SQLException e) {
            // What fits in no part has a place all the same.
            LOG.warn("parts of tables cannot be made: {}", Database.firstLine(e));
        }
    }

    @Override
    public synchronized Gone letGo(Instant openedBefore, Instant now) throws SQLException {
        if (Duration.between(looked, now).abs().compareTo(LOOK_EVERY) >= 0) {
            looked = now;
            try (var sql = new Statements(this::session)) {
                var parts = new PostgresParts(sql, widths);
                parts.make(now);
                Gone gone = parts.drop(openedBefore, now);
                below = gone.below();
                return gone;
            }
        }
        return new Gone(0, below);
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public Connection connect() throws SQLException {
        return session();
    }

    @Override
    public Connection connectToRead() throws SQLException {
        Connection connection = session();
        connection.setReadOnly(true);
        return connection;
    }

    Connection session() throws SQLException {
        Connection connection = DriverManager.getConnection(url, login);
        connections.removeIf(PostgresDatabase::closed);
        connections.add(connection);
        return connection;
    }

    private static boolean closed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException _) {
            return true;
        }
    }

    @Override
    public Frontier begin(Statements sql, Frontier left) throws SQLException {
        sql.update("BEGIN");
        return Sequencer.lock(sql, left);
    }

    @Override
    public void tellOthers(Statements sql) throws SQLException {
        if (!quiet) {
            sql.update(notice);
        }
    }

    @Override
    public void quiet(boolean otherwise) {
        quiet = otherwise;
    }

    /// Rows that were overwritten are gone from the table after a vacuum; the engine's log is its
    /// operator's.
    @Override
    public void forgetWritten(Statements reading) throws SQLException {
        try (Connection connection = session();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM account_keys");
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("closing a session: {}", e.getMessage());
            }
        }
    }
}
