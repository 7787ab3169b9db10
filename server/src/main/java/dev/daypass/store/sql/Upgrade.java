package dev.daypass.store.sql;

import dev.daypass.ledger.Entry;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a ledger of before there was a tree its leaves, and seals what is personal in it: all in
/// one transaction, once.
final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
    private static final int PAGE = 1_000;

    private Upgrade() {}

    static boolean needed(Statements sql) throws SQLException {
        return sql.longOrNull("SELECT size FROM sequencer") == null
                && sql.longOrNull("SELECT 1 FROM facts LIMIT 1") != null
                && sql.longOrNull("SELECT 1 FROM facts WHERE sealed IS NOT NULL LIMIT 1") == null;
    }

    static void run(Statements sql, FactWriter facts) throws SQLException {
        sql.update("BEGIN IMMEDIATE");
        try {
            for (List<Entry> page = page(sql, 0); !page.isEmpty(); ) {
                for (Entry fact : page) {
                    if (fact.sequence() != facts.sequence() + 1) {
                        throw new SQLException(
                                "fact %d is missing".formatted(facts.sequence() + 1));
                    }
                    facts.rewrite(fact);
                }
                page = page(sql, facts.sequence());
            }
            facts.write();
            sql.update("COMMIT");
        } catch (SQLException | RuntimeException e) {
            sql.rollBack();
            throw e;
        }
        facts.committed();
        LOG.info("the ledger has a tree now: {} facts", facts.sequence());
    }

    private static List<Entry> page(Statements sql, long after) throws SQLException {
        return sql.rows(
                "SELECT seq, time_ms, tenant, account, type, body, NULL FROM facts WHERE seq > ? ORDER BY seq LIMIT ?",
                Rows::kept,
                after,
                PAGE);
    }
}
