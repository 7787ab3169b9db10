package dev.daypass.store.sql;

import dev.daypass.identity.ServiceId;
import dev.daypass.store.Change;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What one transaction adds to usage: gathered first, so that a thousand calls of one agent to one
/// service are one row.
final class UsageCounts {
    private static final long DAY_MILLIS = 86_400_000;

    private final Statements sql;
    private final Map<Row, Count> counts = new HashMap<>();

    UsageCounts(Statements sql) {
        this.sql = sql;
    }

    private record Row(String tenant, String agent, String service, long day) {}

    /// @param calls that were made
    /// @param refused that were not
    record Count(long calls, long refused) {
        static final Count CALL = new Count(1, 0);

        static Count refused(long refused) {
            return new Count(0, refused);
        }

        private Count and(Count other) {
            return new Count(calls + other.calls, refused + other.refused);
        }
    }

    void add(Change.Note note, ServiceId service, Count count, Instant now) {
        var row =
                new Row(
                        note.tenant().value(),
                        note.agent().value(),
                        service.value(),
                        now.toEpochMilli() / DAY_MILLIS);
        counts.merge(row, count, Count::and);
    }

    /// Writes them, inside the transaction.
    void write() throws SQLException {
        for (Map.Entry<Row, Count> each : counts.entrySet()) {
            Row row = each.getKey();
            sql.update(
                    """
                    INSERT INTO usage (tenant, agent, service, day, calls, refused) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (tenant, agent, service, day) DO UPDATE SET
                    calls = usage.calls + excluded.calls, refused = usage.refused + excluded.refused\
                    """,
                    row.tenant(),
                    row.agent(),
                    row.service(),
                    row.day(),
                    each.getValue().calls(),
                    each.getValue().refused());
        }
        counts.clear();
    }

    void rollBack() {
        counts.clear();
    }
}
