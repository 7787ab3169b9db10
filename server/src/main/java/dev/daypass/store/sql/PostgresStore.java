package dev.daypass.store.sql;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.StoreUnavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The store in a PostgreSQL database that no other server writes.
public final class PostgresStore {
    private PostgresStore() {}

    /// Where a database is, and as whom it is opened.
    ///
    /// @param url `jdbc:postgresql:…`
    /// @param user who owns the tables
    /// @param password of the user
    public record Place(String url, String user, String password) {
        @Override
        public String toString() {
            return "Place[" + url + "]";
        }
    }

    /// Opens the database, migrates it, and starts the writer.
    ///
    /// @param options `file` counts for nothing
    /// @param feed told of durable facts, in order, on the writer's thread
    /// @throws StoreUnavailable if it cannot be opened, with what to do
    public static SqlStore open(
            Place place,
            SqlStore.Options options,
            InstantSource clock,
            Consumer<List<Recorded>> feed) {
        return SqlStore.open(
                PostgresDatabase.open(place),
                place.url(),
                options,
                new GroupCommit.Ends(clock, feed));
    }
}
