package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// An engine's database at the newest version. What differs between engines is said here and in the
/// migrations; the statements are the same.
interface Database extends AutoCloseable {
    /// The writer's connection, closed with this.
    Connection connect() throws SQLException;

    /// A connection that only reads, closed with this.
    Connection connectToRead() throws SQLException;

    /// Begins the writer's transaction. Nobody else appends until it ends.
    ///
    /// @param left what this writer's last transaction left
    /// @return what the next fact is appended to: more, where another server has written since
    Frontier begin(Statements sql, Frontier left) throws SQLException;

    /// What is done at the end of a transaction that appended, so that other servers look.
    default void tellOthers(Statements sql) throws SQLException {}

    /// @param quiet whether other servers hear in another way that there is something new
    default void quiet(boolean quiet) {}

    /// Whether other servers may write it, too.
    default boolean shared() {
        return false;
    }

    /// Sees to it that what was overwritten is nowhere any more.
    void forgetWritten(Statements reading) throws SQLException;

    /// What was let go.
    ///
    /// @param accounts how many accounts are gone
    /// @param below of the ids below this, those that are still there are to be looked at one by
    ///   one
    record Gone(long accounts, String below) {}

    /// Lets go at once what is kept together and not needed any more, and makes room for what is to
    /// come.
    ///
    /// @param openedBefore accounts that opened before and have ended are not needed
    default Gone letGo(Instant openedBefore, Instant now) throws SQLException {
        return new Gone(0, PostgresParts.id(openedBefore));
    }

    /// What an exception says in one line.
    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().split("\n", 2)[0];
    }

    @Override
    void close();
}
