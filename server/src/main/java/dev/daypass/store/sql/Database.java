package dev.daypass.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/// An engine's database at the newest version, which no other server writes. What differs between
/// engines is said here and in the migrations; the statements are the same.
interface Database extends AutoCloseable {
    /// The writer's connection, closed with this.
    Connection connect() throws SQLException;

    /// A connection that only reads, closed with this.
    Connection connectToRead() throws SQLException;

    /// Begins the writer's transaction.
    ///
    /// @param facts how many there must be; nobody else appends until it ends
    void begin(Statements sql, long facts) throws SQLException;

    /// Sees to it that what was overwritten is nowhere any more.
    void forgetWritten(Statements reading) throws SQLException;

    /// What an exception says in one line.
    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().split("\n", 2)[0];
    }

    @Override
    void close();
}
