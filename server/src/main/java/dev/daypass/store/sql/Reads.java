package dev.daypass.store.sql;

import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The connection for reading, one reader after the other.
final class Reads {
    private final Statements sql;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Reads(Statements sql) {
        this.sql = sql;
    }

    /// Reads something.
    interface Reading<T extends @Nullable Object> {
        T from(Statements sql) throws SQLException;
    }

    <T extends @Nullable Object> T read(Reading<T> reading) {
        lock.lock();
        try {
            return again(reading);
        } catch (SQLException | WireException | IllegalArgumentException e) {
            // The last two: a row that nobody could have written with this program.
            sql.drop();
            throw new StoreUnavailable("the database cannot be read: " + Database.firstLine(e), e);
        } finally {
            lock.unlock();
        }
    }

    /// Reads once more where the connection was lost since the last time.
    private <T extends @Nullable Object> T again(Reading<T> reading) throws SQLException {
        try {
            return reading.from(sql);
        } catch (SQLException e) {
            if (closed || !sql.lost()) {
                throw e;
            }
            sql.reconnect();
            return reading.from(sql);
        }
    }

    /// Does this when nobody reads, and nobody will.
    void last(Runnable work) {
        lock.lock();
        try {
            closed = true;
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
