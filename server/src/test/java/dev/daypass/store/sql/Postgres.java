package dev.daypass.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A PostgreSQL of a test's own, with a database for each name.
public final class Postgres implements AutoCloseable {
    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static Postgres start() {
        try {
            // What is durable must be durable: the builder's own settings leave that out.
            // Only stores take locks: when the engine tidies up is anybody's guess.
            return new Postgres(
                    EmbeddedPostgres.builder()
                            .setPGStartupWait(Duration.ofSeconds(90))
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("autovacuum", "off")
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The database of this name, made if it is not there.
    public PostgresStore.Place place(String name) {
        String database =
                "t"
                        + HexFormat.of()
                                .formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Connection connection = DriverManager.getConnection(url(USER));
                Statement statement = connection.createStatement()) {
            boolean there;
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(database))) {
                there = row.next();
            }
            if (!there) {
                statement.execute("CREATE DATABASE " + database);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new PostgresStore.Place(url(database), USER, "none");
    }

    private String url(String database) {
        return server.getJdbcUrl(USER, database);
    }

    /// Ends every session with a database, as a server that restarts does.
    public void endSessions() {
        try (Connection connection = DriverManager.getConnection(url(USER));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// What a database's administrator could do.
    public void sql(PostgresStore.Place place, String statement) {
        try (Connection connection = DriverManager.getConnection(place.url());
                Statement made = connection.createStatement()) {
            made.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// The first column of what a query finds.
    public List<String> strings(PostgresStore.Place place, String query) {
        try (Connection connection = DriverManager.getConnection(place.url());
                Statement made = connection.createStatement();
                ResultSet row = made.executeQuery(query)) {
            var out = new ArrayList<String>();
            while (row.next()) {
                out.add(row.getString(1));
            }
            return out;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
