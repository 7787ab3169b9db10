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
/// @param elsewhere what other servers append
record Writing(
        Database database,
        Statements sql,
        FactWriter facts,
        UsageCounts usage,
        FactsElsewhere elsewhere) {
    static Writing on(Database database, PersonalParts parts) throws SQLException {
        var sql = new Statements(database::connect);
        boolean upgrade = Upgrade.needed(sql);
        Frontier frontier = upgrade ? Frontier.EMPTY : Sequencer.read(sql);
        var facts = new FactWriter(sql, parts, frontier);
        if (upgrade) {
            Upgrade.run(sql, facts);
        }
        var elsewhere = new FactsElsewhere(sql, parts, facts.sequence());
        return new Writing(database, sql, facts, new UsageCounts(sql), elsewhere);
    }

    boolean shared() {
        return database.shared();
    }

    void begin() throws SQLException {
        facts.from(database.begin(sql, facts.durable()));
    }

    void commit() throws SQLException {
        usage.write();
        if (facts.appended()) {
            facts.write();
            database.tellOthers(sql);
        }
        sql.update("COMMIT");
    }

    /// The facts of the transaction that was committed last.
    List<Recorded> committed() {
        return facts.committed();
    }

    /// Looks how far the ledger is, without a transaction.
    void look() throws SQLException {
        facts.from(Sequencer.follows(facts.durable(), Sequencer.read(sql)));
    }

    /// Whether the connection is gone, and with it what was said of the last transaction.
    boolean lost() {
        return sql.lost();
    }

    void reconnect() throws SQLException {
        sql.reconnect();
    }

    /// Connects anew and finds out what became of the transaction: until its session has ended
    /// nobody gets the sequencer's row.
    ///
    /// @return whether it is durable
    /// @throws SQLException if there is no connection yet
    boolean recovered() throws SQLException {
        sql.reconnect();
        Frontier there = database.begin(sql, facts.durable());
        boolean durable = facts.became(there);
        sql.update("ROLLBACK");
        return durable;
    }

    void rollBack() {
        sql.rollBack();
        facts.rollBack();
        usage.rollBack();
    }
}
