package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import java.sql.SQLException;

/// The one row that says how long the ledger is, and what the next leaf is appended to.
final class Sequencer {
    private Sequencer() {}

    /// @throws SQLException if the facts that are there are not those that were written
    static Frontier read(Statements sql) throws SQLException {
        Frontier frontier =
                sql
                        .rows(
                                "SELECT size, frontier FROM sequencer WHERE id = 1",
                                row -> Frontier.of(row.getLong(1), row.getBytes(2)))
                        .stream()
                        .findFirst()
                        .orElse(Frontier.EMPTY);
        Long last = sql.longOrNull("SELECT max(seq) FROM facts");
        long facts = last == null ? 0 : last;
        if (facts != frontier.size()) {
            throw new SQLException(
                    "the ledger ends with fact %d, but %d were recorded; put the database back from a backup"
                            .formatted(facts, frontier.size()));
        }
        return frontier;
    }

    static void write(Statements sql, Frontier frontier) throws SQLException {
        sql.update(
                """
                INSERT INTO sequencer (id, size, frontier) VALUES (1, ?, ?)
                ON CONFLICT (id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier\
                """,
                frontier.size(),
                frontier.bytes());
    }
}
