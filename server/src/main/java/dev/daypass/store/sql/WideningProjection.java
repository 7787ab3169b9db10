package dev.daypass.store.sql;

import dev.daypass.account.AccountState;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import java.sql.SQLException;
import java.time.Instant;

/// Applies what becomes of tries to widen accounts inside the writer's transaction.
final class WideningProjection {
    private final Statements sql;
    private final FactWriter facts;

    WideningProjection(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    Outcome widen(Change.Widen widen, Instant now) throws SQLException {
        if (!active(widen, now)) {
            return new Outcome.NotApplied("the account is not active any more");
        }
        Try last = last(widen);
        boolean next = last.number() + 1 == widen.number() && !last.waits();
        boolean decided = last.number() == widen.number() && last.waits();
        if (widen.decides() ? !decided : !next) {
            return new Outcome.NotApplied("another try to widen the account came first");
        }
        Outcome recorded = facts.record(now, widen.tenant(), widen.account(), widen.fact());
        sql.update(
                """
                INSERT INTO widenings (account, number, fact, waits) VALUES (?, ?, ?, ?)
                ON CONFLICT (account, number) DO UPDATE SET fact = excluded.fact, waits = excluded.waits\
                """,
                widen.account().value(),
                widen.number(),
                facts.sequence(),
                widen.fact() instanceof Fact.WideningAsked ? 1 : 0);
        if (widen.fact() instanceof Fact.AccountWidened) {
            sql.update(
                    "UPDATE accounts SET opening = ? WHERE id = ?",
                    facts.sequence(),
                    widen.account().value());
        }
        return recorded;
    }

    /// What a database has of the accounts that were forgotten.
    ///
    /// @param before ids below this were looked at
    void forget(String before) throws SQLException {
        sql.update(
                """
                DELETE FROM widenings WHERE account < ?
                AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = widenings.account)\
                """,
                before);
    }

    private boolean active(Change.Widen widen, Instant now) throws SQLException {
        return sql.longOrNull(
                        "SELECT 1 FROM accounts WHERE id = ? AND tenant = ? AND state = ? AND deadline_ms > ?",
                        widen.account().value(),
                        widen.tenant().value(),
                        AccountState.ACTIVE.code(),
                        now.toEpochMilli())
                != null;
    }

    private record Try(int number, boolean waits) {}

    private Try last(Change.Widen widen) throws SQLException {
        return sql
                .rows(
                        "SELECT number, waits FROM widenings WHERE account = ? ORDER BY number DESC LIMIT 1",
                        row -> new Try(row.getInt(1), row.getInt(2) == 1),
                        widen.account().value())
                .stream()
                .findFirst()
                .orElse(new Try(0, false));
    }
}
