package dev.daypass.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The prepared statements of one connection, each prepared once. For one thread.
final class Statements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    private static final int VALID_SECONDS = 2;

    private final Connector connector;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Connection connection;

    /// Makes a connection.
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    Statements(Connector connector) throws SQLException {
        this.connector = connector;
        this.connection = connector.connect();
    }

    /// Whether there is no connection any more: not even this can be asked on it.
    boolean lost() {
        try {
            return !connection.isValid(VALID_SECONDS);
        } catch (SQLException _) {
            return true;
        }
    }

    /// Makes a new connection in place of one that was lost.
    void reconnect() throws SQLException {
        drop();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a lost connection: {}", e.getMessage());
        }
        connection = connector.connect();
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bound(sql, arguments).executeUpdate();
    }

    @Nullable Long longOrNull(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet row = bound(sql, arguments).executeQuery()) {
            if (!row.next()) {
                return null;
            }
            long value = row.getLong(1);
            return row.wasNull() ? null : value;
        }
    }

    @Nullable String stringOrNull(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet row = bound(sql, arguments).executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    byte @Nullable [] bytesOrNull(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet row = bound(sql, arguments).executeQuery()) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    List<String> strings(String sql, @Nullable Object... arguments) throws SQLException {
        return rows(sql, row -> row.getString(1), arguments);
    }

    <T> List<T> rows(String sql, RowReader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        var out = new ArrayList<T>();
        try (ResultSet row = bound(sql, arguments).executeQuery()) {
            while (row.next()) {
                out.add(reader.read(row));
            }
        }
        return out;
    }

    /// Reads one row.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Drops every prepared statement: after a failure the driver refuses to use it again, with a
    /// full disk even the one that would roll back.
    void drop() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.debug("dropping a statement: {}", e.getMessage());
            }
        }
        prepared.clear();
    }

    /// Ends the transaction, if there is one, after a failure.
    void rollBack() {
        drop();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("no transaction to roll back: {}", e.getMessage());
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case null -> statement.setNull(i + 1, java.sql.Types.NULL);
                case String text -> statement.setString(i + 1, text);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Object other -> throw new IllegalArgumentException(other.getClass().getName());
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        drop();
        connection.close();
    }
}
