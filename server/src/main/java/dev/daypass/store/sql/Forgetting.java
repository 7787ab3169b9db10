package dev.daypass.store.sql;

import dev.daypass.store.Outcome;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Removes accounts that ended long ago: where they are kept in parts, a whole part at once, and
/// one by one only beside those that are still needed.
final class Forgetting {
    private final Database database;
    private final Projection projection;
    private final InstantSource clock;
    private final Function<GroupCommit.Work, CompletionStage<Outcome>> writer;

    Forgetting(
            Database database,
            Projection projection,
            InstantSource clock,
            Function<GroupCommit.Work, CompletionStage<Outcome>> writer) {
        this.database = database;
        this.projection = projection;
        this.clock = clock;
        this.writer = writer;
    }

    /// @return how many are gone
    int forget(Instant openedBefore, int limit) {
        Database.Gone gone = letGo(openedBefore);
        Outcome outcome = SqlStore.joined(writer.apply(now -> projection.forget(gone, limit, now)));
        return (int) gone.accounts()
                + switch (outcome) {
                    case Outcome.Applied(var _, var rows) -> (int) rows;
                    case Outcome.NotApplied _ -> 0;
                };
    }

    private Database.Gone letGo(Instant openedBefore) {
        try {
            return database.letGo(openedBefore, clock.instant());
        } catch (SQLException e) {
            throw new dev.daypass.store.StoreUnavailable(
                    "accounts that ended long ago cannot be removed: " + Database.firstLine(e), e);
        }
    }
}
