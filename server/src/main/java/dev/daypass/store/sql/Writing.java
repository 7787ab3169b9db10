package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.PersonalParts;
import java.sql.SQLException;
import java.util.List;

/// The writer's connection with what one transaction gathers on it.
///
/// @param database where it leads
/// @param sql its statements
/// @param facts appends to the ledger
/// @param usage counts calls
record Writing(Database database, Statements sql, FactWriter facts, UsageCounts usage) {
    static Writing on(Database database, PersonalParts parts) throws SQLException {
        var sql = new Statements(database::connect);
        boolean upgrade = Upgrade.needed(sql);
        Frontier frontier = upgrade ? Frontier.EMPTY : Sequencer.read(sql);
        var facts = new FactWriter(sql, parts, frontier);
        if (upgrade) {
            Upgrade.run(sql, facts);
        }
        return new Writing(database, sql, facts, new UsageCounts(sql));
    }

    void begin() throws SQLException {
        database.begin(sql, facts.durable());
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

    /// Whether the connection is gone, and with it what was said of the last transaction.
    boolean lost() {
        return sql.lost();
    }

    /// Connects anew and finds out what became of the transaction.
    ///
    /// @return whether it is durable
    /// @throws SQLException if there is no connection yet, or the ledger is neither what it was
    ///   before nor what it was to be
    boolean recovered() throws SQLException {
        sql.reconnect();
        return facts.became(Sequencer.read(sql));
    }

    void rollBack() {
        sql.rollBack();
        facts.rollBack();
        usage.rollBack();
    }
}
