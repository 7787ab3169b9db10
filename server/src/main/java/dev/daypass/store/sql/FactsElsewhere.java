package dev.daypass.store.sql;

import dev.daypass.ledger.Entry;
import dev.daypass.ledger.FactBody;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.PersonalParts;
import dev.daypass.store.StoredFact;
import java.sql.SQLException;
import java.util.List;

/// The facts that other servers of the same database append, on the writer's connection. Of calls
/// nobody hears but who made them.
final class FactsElsewhere {
    static final int PAGE = 1_000;

    private static final String NEXT =
            Rows.FACT
                    + " WHERE f.seq > ? AND f.seq <= ? AND f.type IN "
                    + FactTypes.codes(FactBody.TYPES)
                    + " ORDER BY f.seq LIMIT ?";

    private final Statements sql;
    private final PersonalParts parts;
    private long heard;

    /// @param heard the last fact that needs not be told
    FactsElsewhere(Statements sql, PersonalParts parts, long heard) {
        this.sql = sql;
        this.parts = parts;
        this.heard = heard;
    }

    /// The next ones up to `last`, in order; empty once there are no more.
    List<Recorded> next(long last) throws SQLException {
        if (heard >= last) {
            return List.of();
        }
        List<Recorded> out =
                sql.rows(NEXT, row -> Rows.fact(row, parts, _ -> null), heard, last, PAGE).stream()
                        .map(FactsElsewhere::recorded)
                        .toList();
        heard = out.size() < PAGE ? last : out.getLast().sequence();
        return out;
    }

    private static Recorded recorded(StoredFact stored) {
        Entry entry = stored.entry();
        return new Recorded(
                entry.sequence(),
                entry.time(),
                entry.tenant(),
                entry.account(),
                FactBody.read(entry.type(), entry.body()));
    }

    /// Everything up to this was told.
    void heard(long last) {
        heard = Math.max(heard, last);
    }
}
