package dev.daypass.store.sqlite;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets calls aside, inside the writer's transaction: from an account and from every one above it.
final class Budgets {
    /// Accounts from the topmost to the deepest.
    static final int DELEGATION_DEPTH_MAX = 16;

    private final Statements sql;
    private final FactWriter facts;

    Budgets(Statements sql, FactWriter facts) {
        this.sql = sql;
        this.facts = facts;
    }

    Outcome reserve(Change.Reserve reserve, Instant now) throws SQLException {
        List<AccountId> chain = ancestors(reserve.account());
        long granted = chain.isEmpty() ? 0 : reserve.calls();
        for (AccountId account : chain) {
            Budget budget = budget(reserve.tenant(), account);
            if (budget == null) {
                return new Outcome.NotApplied("the account is not active");
            }
            granted = Math.max(Math.min(granted, budget.left()), -budget.used());
        }
        if (granted == 0) {
            return new Outcome.NotApplied("nothing left of the budget");
        }
        for (AccountId account : chain) {
            sql.update(
                    "UPDATE accounts SET calls_used = calls_used + ? WHERE id = ?",
                    granted,
                    account.value());
        }
        var fact = new Fact.CallsReserved(granted);
        facts.record(now, reserve.tenant(), reserve.account(), fact);
        return new Outcome.Applied(facts.sequence(), granted);
    }

    private record Budget(long used, long left) {}

    private @Nullable Budget budget(TenantId tenant, AccountId account) throws SQLException {
        return sql
                .rows(
                        """
                        SELECT calls_used, coalesce(calls_max - calls_used, 9000000000000) FROM accounts
                        WHERE id = ? AND tenant = ? AND state = 1\
                        """,
                        row -> new Budget(row.getLong(1), row.getLong(2)),
                        account.value(),
                        tenant.value())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /// An account and every account above it, itself first.
    List<AccountId> ancestors(AccountId account) throws SQLException {
        return sql.rows(
                """
                WITH RECURSIVE above (id, parent) AS (
                  SELECT id, parent FROM accounts WHERE id = ?
                  UNION ALL SELECT a.id, a.parent FROM accounts a JOIN above b ON a.id = b.parent LIMIT ?)
                SELECT id FROM above\
                """,
                row -> new AccountId(row.getString(1)),
                account.value(),
                DELEGATION_DEPTH_MAX);
    }
}
