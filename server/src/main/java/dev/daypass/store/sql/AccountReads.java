package dev.daypass.store.sql;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.LivingAccount;
import dev.daypass.store.StoredAccount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is read of many accounts at once.
final class AccountReads {
    private AccountReads() {}

    /// The newest first.
    static List<StoredAccount> filtered(
            Statements sql,
            AccountFilter filter,
            int limit,
            Statements.RowReader<StoredAccount> account)
            throws SQLException {
        var where = new StringBuilder(" WHERE a.tenant = ?");
        var arguments = new ArrayList<@Nullable Object>(List.of(filter.tenant().value()));
        if (filter.agent() != null) {
            where.append(" AND a.agent = ?");
            arguments.add(filter.agent().value());
        }
        if (filter.state() != null) {
            where.append(
                    filter.state() == AccountState.AWAITING_APPROVAL
                            ? " AND (a.state = ? OR (a.state = 1 AND a.id IN (SELECT account FROM widenings WHERE waits = 1)))"
                            : " AND a.state = ?");
            arguments.add(filter.state().code());
        }
        arguments.add(limit);
        return sql.rows(
                Rows.ACCOUNT + where + " ORDER BY a.id DESC LIMIT ?", account, arguments.toArray());
    }

    /// Those that have not ended, by id.
    static List<LivingAccount> living(
            Statements sql, TenantId tenant, @Nullable AccountId after, int limit)
            throws SQLException {
        return sql.rows(
                "SELECT id, agent, state FROM accounts WHERE id > ? AND state < 2 AND tenant = ? ORDER BY id LIMIT ?",
                AccountReads::living,
                after == null ? "" : after.value(),
                tenant.value(),
                limit);
    }

    private static LivingAccount living(ResultSet row) throws SQLException {
        return new LivingAccount(
                new AccountId(row.getString(1)),
                new AgentId(row.getString(2)),
                AccountState.ofCode(row.getInt(3)) == AccountState.AWAITING_APPROVAL);
    }
}
