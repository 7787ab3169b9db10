package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import dev.daypass.store.Outward;
import dev.daypass.store.Sealed;
import dev.daypass.store.StatusEntry;
import dev.daypass.store.StoredDelivery;
import dev.daypass.store.StoredStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what is kept for who is neither agent nor edge.
final class SqlOutward implements Outward {
    private static final String DELIVERY =
            "SELECT stream, fact, tries, due_ms, problem FROM event_deliveries";

    private final Reads reads;

    SqlOutward(Reads reads) {
        this.reads = reads;
    }

    @Override
    public @Nullable StatusEntry statusEntry(AccountId account) {
        return first(
                all(
                        "SELECT list, number FROM status_entries WHERE account = ?",
                        row -> new StatusEntry(account, row.getString(1), row.getInt(2)),
                        account.value()));
    }

    @Override
    public List<String> statusLists() {
        return all("SELECT DISTINCT list FROM status_entries ORDER BY list", r -> r.getString(1));
    }

    @Override
    public boolean hasStatusList(String list) {
        return reads.read(sql ->
                sql.longOrNull("SELECT 1 FROM status_entries WHERE list = ? LIMIT 1", list)
                        != null);
    }

    @Override
    public List<Integer> endedEntries(String list) {
        // An account whose row is gone is over, too.
        return all(
                """
                SELECT e.number FROM status_entries e LEFT JOIN accounts a ON a.id = e.account
                WHERE e.list = ? AND (a.id IS NULL OR a.state = 2)\
                """,
                row -> row.getInt(1),
                list);
    }

    @Override
    public List<StoredStream> streams() {
        return all(
                "SELECT id, endpoint, audience, credential FROM event_streams ORDER BY id",
                SqlOutward::stream);
    }

    @Override
    public List<StoredDelivery> due(String stream, Instant now, int limit) {
        return all(
                DELIVERY + " WHERE stream = ? AND due_ms <= ? ORDER BY due_ms, fact LIMIT ?",
                SqlOutward::delivery,
                stream,
                now.toEpochMilli(),
                limit);
    }

    @Override
    public List<StoredDelivery> dead(int limit) {
        return all(
                DELIVERY + " WHERE due_ms IS NULL ORDER BY fact, stream LIMIT ?",
                SqlOutward::delivery,
                limit);
    }

    @Override
    public long waiting(String stream) {
        Long rows =
                reads.read(sql ->
                        sql.longOrNull(
                                "SELECT count(*) FROM event_deliveries WHERE stream = ? AND due_ms IS NOT NULL",
                                stream));
        return rows == null ? 0 : rows;
    }

    @Override
    public @Nullable Sealed received(String issuer, String tokenId) {
        byte[] hash =
                reads.read(sql ->
                        sql.bytesOrNull(
                                "SELECT hash FROM events_received WHERE issuer = ? AND jti = ?",
                                issuer,
                                tokenId));
        return hash == null ? null : new Sealed(hash);
    }

    private <T> List<T> all(String query, Statements.RowReader<T> row, Object... arguments) {
        return reads.read(sql -> sql.rows(query, row, arguments));
    }

    private static <T> @Nullable T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.getFirst();
    }

    private static StoredStream stream(ResultSet row) throws SQLException {
        byte[] credential = row.getBytes(4);
        return new StoredStream(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                credential == null ? null : new Sealed(credential));
    }

    private static StoredDelivery delivery(ResultSet row) throws SQLException {
        long due = row.getLong(4);
        Instant at = row.wasNull() ? null : Instant.ofEpochMilli(due);
        String problem = row.getString(5);
        return new StoredDelivery(
                row.getString(1),
                row.getLong(2),
                row.getInt(3),
                at,
                problem == null ? "" : problem);
    }
}
