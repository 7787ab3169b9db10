package dev.daypass.store.sqlite;

import dev.daypass.ledger.Recorded;
import java.sql.SQLException;
import java.util.List;

/// The writer's connection with what one transaction gathers on it.
///
/// @param sql its statements
/// @param facts appends to the ledger
/// @param usage counts calls
record Writing(Statements sql, FactWriter facts, UsageCounts usage) {
    static Writing on(Statements sql) throws SQLException {
        return new Writing(sql, new FactWriter(sql), new UsageCounts(sql));
    }

    void begin() throws SQLException {
        sql.update("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        usage.write();
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
