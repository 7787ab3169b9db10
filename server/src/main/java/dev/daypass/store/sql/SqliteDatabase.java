package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import dev.daypass.store.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;

/// A database file, locked for this process and at the newest version.
final class SqliteDatabase implements Database {
    /// The newest migration. Where the file has it, no migration tool needs to be loaded.
    static final String VERSION = "11";

    private static final String MIGRATIONS = "classpath:dev/daypass/store/sqlite/migration";

    private final Path file;
    private final FileChannel lockFile;
    private final List<Connection> connections = new ArrayList<>();

    private SqliteDatabase(Path file, FileChannel lockFile) {
        this.file = file;
        this.lockFile = lockFile;
    }

    static SqliteDatabase open(Path file) {
        SqliteDatabase database =
                new SqliteDatabase(file, lock(file.resolveSibling(file.getFileName() + ".lock")));
        try {
            database.migrate();
            return database;
        } catch (SQLException | FlywayException e) {
            database.close();
            throw new StoreUnavailable(
                    "database %s cannot be opened: %s; is the directory writable and the disk not full?"
                            .formatted(file, Database.firstLine(e)),
                    e);
        }
    }

    private static FileChannel lock(Path path) {
        try {
            FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw inUse(path);
            }
            return channel;
        } catch (OverlappingFileLockException _) {
            throw inUse(path);
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "cannot write in %s: %s".formatted(path.getParent(), e.getMessage()), e);
        }
    }

    private static StoreUnavailable inUse(Path path) {
        return new StoreUnavailable(
                "data directory %s is in use by another daypass server; stop it or give this one another `data`"
                        .formatted(path.getParent()));
    }

    private void migrate() throws SQLException {
        if (!current()) {
            Flyway.configure()
                    .dataSource("jdbc:sqlite:" + file, null, null)
                    .locations(MIGRATIONS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }

    private boolean current() throws SQLException {
        try (var sql = new Statements(this::connect)) {
            boolean fresh =
                    sql.stringOrNull(
                                    "SELECT name FROM sqlite_schema WHERE name = 'flyway_schema_history'")
                            == null;
            return !fresh
                    && VERSION.equals(
                            sql.stringOrNull(
                                    "SELECT version FROM flyway_schema_history WHERE success = 1 ORDER BY installed_rank DESC LIMIT 1"));
        }
    }

    @Override
    public Connection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setGetGeneratedKeys(false); // asked for after every statement otherwise
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        connections.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA cache_size = -16384");
            // Whoever commits when the log is full waits until it is copied: seldom is better.
            statement.execute("PRAGMA wal_autocheckpoint = 16000");
            // After a burst the log file shrinks again.
            statement.execute("PRAGMA journal_size_limit = 134217728");
            statement.execute("PRAGMA secure_delete = ON");
        }
        return connection;
    }

    @Override
    public Connection connectToRead() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    @Override
    public Frontier begin(Statements sql, Frontier left) throws SQLException {
        sql.update("BEGIN IMMEDIATE"); // the file is locked for this process: nobody else appends
        return left;
    }

    /// The log of the file holds what was written until it is copied.
    @Override
    public void forgetWritten(Statements reading) throws SQLException {
        reading.rows("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.close();
            }
            lockFile.close();
        } catch (SQLException | IOException e) {
            throw new StoreUnavailable("closing the database: " + Database.firstLine(e), e);
        }
    }
}
