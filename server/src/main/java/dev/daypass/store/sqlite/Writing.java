package dev.daypass.store.sqlite;

import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.PersonalParts;
import java.sql.SQLException;
import java.util.List;

/// The writer's connection with what one transaction gathers on it.
///
/// @param sql its statements
/// @param facts appends to the ledger
/// @param usage counts calls
record Writing(Statements sql, FactWriter facts, UsageCounts usage) {
    static Writing on(Statements sql, PersonalParts parts) throws SQLException {
        boolean upgrade = Upgrade.needed(sql);
        Frontier frontier = upgrade ? Frontier.EMPTY : Sequencer.read(sql);
        var facts = new FactWriter(sql, parts, frontier);
        if (upgrade) {
            Upgrade.run(sql, facts);
        }
        return new Writing(sql, facts, new UsageCounts(sql));
    }

    void begin() throws SQLException {
        sql.update("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        usage.write();
        facts.write();
        sql.update("COMMIT");
    }

    /// The facts of the transaction that was committed last.
    List<Recorded> committed() {
        return facts.committed();
    }

    void rollBack() {
        sql.rollBack();
        facts.rollBack();
        usage.rollBack();
    }
}
