package dev.daypass.store.sql;

import dev.daypass.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL database that this process alone writes: the writer's session holds a lock that the
/// engine gives to one session only, and frees when that session ends.
final class PostgresDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String MIGRATIONS = "classpath:dev/daypass/store/postgres/migration";

    /// Names the lock: "daypass" in ASCII.
    private static final long WRITER = 0x64617970617373L;

    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";

    private final String url;
    private final Properties login = new Properties();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private PostgresDatabase(PostgresStore.Place place) {
        this.url = place.url();
        login.setProperty("user", place.user());
        login.setProperty("password", place.password());
        login.setProperty("connectTimeout", CONNECT_SECONDS);
        // A commit whose answer does not come must not be waited for without end.
        login.setProperty("socketTimeout", ANSWER_SECONDS);
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "daypass");
    }

    static PostgresDatabase open(PostgresStore.Place place) {
        var database = new PostgresDatabase(place);
        try {
            Flyway.configure()
                    .dataSource(place.url(), place.user(), place.password())
                    .locations(MIGRATIONS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return database;
        } catch (FlywayException e) {
            throw new StoreUnavailable(
                    "database %s cannot be opened: %s"
                            .formatted(place.url(), Database.firstLine(e)),
                    e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = session();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT pg_try_advisory_lock(%d)".formatted(WRITER))) {
            if (row.next() && row.getBoolean(1)) {
                return connection;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        throw new SQLException(
                "another daypass server writes this database; stop it, or give this one another `database.url`");
    }

    @Override
    public Connection connectToRead() throws SQLException {
        Connection connection = session();
        connection.setReadOnly(true);
        return connection;
    }

    private Connection session() throws SQLException {
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

    /// The lock of the session keeps others away; the lock of this row does, too, should a session
    /// have lost its own unnoticed.
    @Override
    public void begin(Statements sql, long facts) throws SQLException {
        sql.update("BEGIN");
        Long size = sql.longOrNull("SELECT size FROM sequencer WHERE id = 1 FOR UPDATE");
        if ((size == null ? 0 : size) != facts) {
            throw new SQLException(
                    "the ledger has %s facts where %d were expected: another server has written; restart this one"
                            .formatted(size, facts));
        }
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
