package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import dev.daypass.store.StoredFact;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What is read of the ledger and of the keys beside it.
final class LedgerReads {
    /// How far behind the end of an account its last call may be recorded.
    private static final long STRAGGLERS = 50_000;

    private LedgerReads() {}

    /// Facts of an account lie between its opening and a little after its end: only those are
    /// looked through.
    static List<StoredFact> factsOf(
            Statements sql,
            AccountId account,
            long after,
            int limit,
            Statements.RowReader<StoredFact> reader)
            throws SQLException {
        return sql.rows(
                Rows.FACT
                        + """
                         WHERE f.account = ? AND f.seq > ?
                        AND f.seq >= (SELECT min(seq) FROM facts WHERE account = ? AND type IN %s)
                        AND f.seq <= coalesce((SELECT max(seq) FROM facts WHERE account = ? AND type = %d AND type IN %s), (SELECT size FROM sequencer)) + ?
                        ORDER BY f.seq LIMIT ?\
                        """
                                .formatted(Rows.LIFE, FactTypes.code("AccountEnded"), Rows.LIFE),
                reader,
                account.bytes(),
                after,
                account.bytes(),
                account.bytes(),
                STRAGGLERS,
                limit);
    }

    static List<AccountId> accountsOf(Statements sql, byte[] user) throws SQLException {
        return sql.rows(
                "SELECT account FROM account_keys WHERE owner = ? ORDER BY account",
                row -> AccountId.ofBytes(row.getBytes(1)),
                user);
    }

    static List<AccountId> readableBefore(Statements sql, Instant opened, int limit)
            throws SQLException {
        return sql.rows(
                "SELECT account FROM account_keys WHERE account < ? AND sealed IS NOT NULL ORDER BY account LIMIT ?",
                row -> AccountId.ofBytes(row.getBytes(1)),
                AccountId.of(opened.toEpochMilli(), new byte[AccountId.RANDOM_BYTES]).bytes(),
                limit);
    }
}
