package dev.daypass.store.sql;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.Bus;
import dev.daypass.store.StoreUnavailable;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The store in a PostgreSQL database, which several servers may share.
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

    /// Who hears what, all on the writer's thread and in the order of the ledger, but for what is
    /// said.
    ///
    /// @param name of this server, letters and digits: another for each life
    /// @param feed durable facts that this server wrote
    /// @param elsewhere those that other servers wrote, of [dev.daypass.ledger.FactBody#TYPES]
    /// @param said what other servers say, on any thread
    public record Ears(
            String name,
            Consumer<List<Recorded>> feed,
            Consumer<List<Recorded>> elsewhere,
            Consumer<String> said) {}

    /// Opens the database, migrates it, and starts the writer.
    ///
    /// @param options `file` counts for nothing
    /// @throws StoreUnavailable if it cannot be opened, with what to do
    public static SqlStore open(
            Place place, SqlStore.Options options, InstantSource clock, Ears ears) {
        return open(place, options, clock, ears, PostgresParts.Widths.USUAL);
    }

    static SqlStore open(
            Place place,
            SqlStore.Options options,
            InstantSource clock,
            Ears ears,
            PostgresParts.Widths widths) {
        PostgresDatabase database =
                PostgresDatabase.open(place, ears.name(), clock.instant(), widths);
        SqlStore store =
                SqlStore.open(
                        database,
                        place.url(),
                        options,
                        new GroupCommit.Ends(clock, ears.feed(), ears.elsewhere()));
        try {
            store.buses().joined(new PostgresBus(database, ears.name(), ear(store, ears)));
        } catch (SQLException e) {
            store.close();
            throw new StoreUnavailable(
                    "database %s cannot be listened to: %s"
                            .formatted(place.url(), Database.firstLine(e)),
                    e);
        }
        return store;
    }

    private static Bus.Ear ear(SqlStore store, Ears ears) {
        return new Bus.Ear() {
            @Override
            public void wrote() {
                store.look();
            }

            @Override
            public void said(String message) {
                ears.said().accept(message);
            }
        };
    }
}
