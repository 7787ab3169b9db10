package dev.daypass.store.sql;

import dev.daypass.account.EndReason;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.NewsFact;
import dev.daypass.store.Outcome;
import dev.daypass.store.OutwardChange;
import dev.daypass.store.StatusEntry;
import dev.daypass.store.StoredStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Applies changes for who is neither agent nor edge inside the writer's transaction.
final class OutwardProjection {
    /// What came in is remembered longer than it would be accepted once more.
    private static final Duration RECEIVED_KEPT = Duration.ofDays(3);

    private final Statements sql;
    private final FactWriter facts;

    OutwardProjection(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    Outcome apply(OutwardChange change, Instant now) throws SQLException {
        return switch (change) {
            case OutwardChange.Refer(var entry) -> counted(refer(entry), "it has an entry");
            case OutwardChange.AddStream(var stream, var by) -> add(stream, by, now);
            case OutwardChange.RemoveStream(var stream, var by) -> remove(stream, by, now);
            case OutwardChange.Delivered(var stream, var fact) ->
                    counted(
                            sql.update(
                                    "DELETE FROM event_deliveries WHERE stream = ? AND fact = ?",
                                    stream,
                                    fact),
                            "nothing is on its way");
            case OutwardChange.Failed failed -> failed(failed);
            case OutwardChange.Retry(var stream, var due) ->
                    counted(
                            sql.update(
                                    "UPDATE event_deliveries SET due_ms = ?, tries = 0 WHERE due_ms"
                                            + " IS NULL AND stream = coalesce(?, stream)",
                                    due.toEpochMilli(),
                                    stream),
                            "nothing waits for that");
            case OutwardChange.Received received -> received(received, now);
        };
    }

    private Outcome counted(int rows, String otherwise) {
        return rows == 0
                ? new Outcome.NotApplied(otherwise)
                : new Outcome.Applied(facts.sequence(), rows);
    }

    int refer(@Nullable StatusEntry entry) throws SQLException {
        return entry == null
                ? 0
                : sql.update(
                        "INSERT INTO status_entries (account, list, number) VALUES (?, ?, ?) ON"
                                + " CONFLICT (account) DO NOTHING",
                        entry.account().value(),
                        entry.list(),
                        entry.number());
    }

    /// Puts the ending that was just recorded on its way to every receiver. Whose time was up, or
    /// who never had a token, has no session that could be revoked.
    void announce(EndReason reason, Instant now) throws SQLException {
        boolean early =
                switch (reason) {
                    case COMPLETED, REVOKED, SPENT, PARENT_ENDED, LAPSED -> true;
                    case EXPIRED, DENIED, UNDECIDED -> false;
                };
        if (!early) {
            return;
        }
        sql.update(
                "INSERT INTO event_deliveries (stream, fact, due_ms) SELECT id, ?, ? FROM"
                        + " event_streams",
                facts.sequence(),
                now.toEpochMilli());
    }

    private Outcome add(StoredStream stream, String by, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO event_streams (id, endpoint, audience, credential) VALUES (?, ?, ?,"
                        + " ?)",
                stream.id(),
                stream.endpoint(),
                stream.audience(),
                stream.credential() == null ? null : stream.credential().bytes());
        return record(now, new NewsFact.StreamChanged(stream.id(), stream.endpoint(), "added", by));
    }

    private Outcome remove(String stream, String by, Instant now) throws SQLException {
        String endpoint =
                sql.stringOrNull("SELECT endpoint FROM event_streams WHERE id = ?", stream);
        if (endpoint == null) {
            return new Outcome.NotApplied("no such stream");
        }
        sql.update("DELETE FROM event_streams WHERE id = ?", stream);
        sql.update("DELETE FROM event_deliveries WHERE stream = ?", stream);
        return record(now, new NewsFact.StreamChanged(stream, endpoint, "removed", by));
    }

    private Outcome failed(OutwardChange.Failed failed) throws SQLException {
        return counted(
                sql.update(
                        "UPDATE event_deliveries SET tries = ?, due_ms = ?, problem = ? WHERE"
                                + " stream = ? AND fact = ?",
                        failed.tries(),
                        failed.due() == null ? null : failed.due().toEpochMilli(),
                        failed.problem(),
                        failed.stream(),
                        failed.fact()),
                "nothing is on its way");
    }

    private Outcome received(OutwardChange.Received received, Instant now) throws SQLException {
        int rows =
                sql.update(
                        "INSERT INTO events_received (issuer, jti, hash, at_ms) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (issuer, jti) DO NOTHING",
                        received.event().issuer(),
                        received.event().tokenId(),
                        received.event().hash().bytes(),
                        now.toEpochMilli());
        if (rows == 0) {
            return new Outcome.NotApplied("it came before");
        }
        sql.update(
                "DELETE FROM events_received WHERE at_ms < ?",
                now.minus(RECEIVED_KEPT).toEpochMilli());
        return record(
                now,
                new NewsFact.EventAccepted(
                        received.event().issuer(),
                        received.event().tokenId(),
                        received.type(),
                        received.ended()));
    }

    private Outcome record(Instant now, NewsFact fact) throws SQLException {
        return facts.record(now, TenantId.DEFAULT, null, fact);
    }

    /// Entries of accounts whose rows are gone.
    void forget(String before) throws SQLException {
        sql.update(
                "DELETE FROM status_entries WHERE account < ? AND account NOT IN (SELECT id FROM"
                        + " accounts WHERE id < ?)",
                before,
                before);
    }
}
