package dev.daypass.store.sql;

import dev.daypass.ledger.Frontier;
import java.sql.SQLException;
import java.util.List;

/// The one row that says how long the ledger is, and what the next leaf is appended to. Who has
/// locked it appends; so a number never becomes visible after a greater one.
final class Sequencer {
    private Sequencer() {}

    /// A ledger that is not the one that was there before.
    static final class Contradicted extends SQLException {
        private static final long serialVersionUID = 1L;

        Contradicted(Frontier before, Frontier there) {
            super(
                    "the ledger has %d facts and had %d, and does not follow from what it was: the database was put back; restart this server"
                            .formatted(there.size(), before.size()));
        }
    }

    private record Row(Frontier frontier, long facts) {}

    /// @throws SQLException if the facts that are there are not those that were written
    static Frontier read(Statements sql) throws SQLException {
        // One statement, one moment: another server may write meanwhile.
        List<Row> rows =
                sql.rows(
                        "SELECT size, frontier, (SELECT coalesce(max(seq), 0) FROM facts) FROM sequencer WHERE id = 1",
                        row ->
                                new Row(
                                        Frontier.of(row.getLong(1), row.getBytes(2)),
                                        row.getLong(3)));
        if (rows.isEmpty()) {
            return checked(Frontier.EMPTY, facts(sql));
        }
        return checked(rows.getFirst().frontier(), rows.getFirst().facts());
    }

    /// Waits until nobody else appends, and lets nobody until the transaction ends.
    ///
    /// @param left what this server's last transaction left
    static Frontier lock(Statements sql, Frontier left) throws SQLException {
        Frontier there =
                sql
                        .rows(
                                "SELECT size, frontier FROM sequencer WHERE id = 1 FOR UPDATE",
                                row -> Frontier.of(row.getLong(1), row.getBytes(2)))
                        .stream()
                        .findFirst()
                        .orElse(Frontier.EMPTY);
        return there.equals(left) ? there : checked(follows(left, there), facts(sql));
    }

    /// @throws Contradicted if what is there cannot have come after what was
    static Frontier follows(Frontier before, Frontier there) throws SQLException {
        if (there.size() < before.size()
                || (there.size() == before.size() && !there.equals(before))) {
            throw new Contradicted(before, there);
        }
        return there;
    }

    private static long facts(Statements sql) throws SQLException {
        Long last = sql.longOrNull("SELECT max(seq) FROM facts");
        return last == null ? 0 : last;
    }

    private static Frontier checked(Frontier frontier, long facts) throws SQLException {
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
