package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of `accounts`, by the time that an id begins with, and of `facts`, by their number.
/// They are made ahead of time; one of accounts is dropped once nothing of it is needed. Whoever
/// does either holds the sequencer's row, so no change happens meanwhile; who would have to wait
/// for long lets it be until the next time.
final class PostgresParts {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresParts.class);

    /// The sequencer is held for so long at most: everybody waits for it.
    private static final String WAIT = "SET LOCAL lock_timeout = '250ms'";

    /// In SQLSTATE: a lock was not to be had.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String UNDEFINED_TABLE = "42P01";

    private static final Pattern BOUNDS =
            Pattern.compile(
                    "FOR VALUES FROM \\((?:'([^']+)'|MINVALUE)\\) TO \\((?:'([^']+)'|MAXVALUE)\\)");
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] NO_RANDOM = new byte[AccountId.RANDOM_BYTES];
    private static final long NEEDED = -1;
    private static final long LATER = -2;
    private static final String LOWEST = "";
    private static final String HIGHEST = "~";

    private final Statements sql;
    private final Widths widths;

    /// How wide parts are.
    ///
    /// @param accounts of accounts
    /// @param ahead how long before they are needed those of accounts are made
    /// @param facts how many facts one has: a multiple of a tile, 256
    record Widths(Duration accounts, Duration ahead, long facts) {
        static final Widths USUAL =
                new Widths(Duration.ofHours(6), Duration.ofHours(24), 4L * 1024 * 1024);
    }

    /// @param from first key that belongs to it, as text that sorts
    /// @param to first one that does not
    private record Part(String name, String from, String to) {}

    /// What is in parts.
    private enum Kind {
        ACCOUNTS("accounts", "id", " WITH (fillfactor = 70)") {
            @Override
            String key(String bound) {
                return bound;
            }
        },
        FACTS("facts", "seq", "") {
            @Override
            String key(String bound) {
                return number(Long.parseLong(bound));
            }
        };

        final String table;
        final String column;
        final String storage;

        Kind(String table, String column, String storage) {
            this.table = table;
            this.column = column;
            this.storage = storage;
        }

        abstract String key(String bound);
    }

    PostgresParts(Statements sql, Widths widths) {
        this.sql = sql;
        this.widths = widths;
    }

    private static String number(long sequence) {
        return "%019d".formatted(sequence);
    }

    /// The lowest id of an account that can have opened at this time.
    static String id(Instant time) {
        return AccountId.of(time.toEpochMilli(), NO_RANDOM).value();
    }

    /// What is below a bound of ids has bits below these.
    static byte[] bits(String bound) {
        int length = id(Instant.EPOCH).length();
        if (bound.length() < length) {
            return new byte[0];
        }
        byte[] bits = new AccountId(bound.substring(0, length)).bytes();
        return bound.length() == length ? bits : Arrays.copyOf(bits, bits.length + 1);
    }

    /// Makes the parts that are needed now and soon.
    ///
    /// @return whether they are there now
    boolean make(Instant now) throws SQLException {
        Long size = sql.longOrNull("SELECT size FROM sequencer WHERE id = 1");
        List<Part> missing = missingAccounts(now);
        List<Part> missingFacts = missingFacts(size == null ? 0 : size);
        if (missing.isEmpty() && missingFacts.isEmpty()) {
            return true;
        }
        return alone(() -> {
            // Another server may have made them since.
            for (Part part : missingAccounts(now)) {
                make(Kind.ACCOUNTS, part);
            }
            for (Part part : missingFacts(size == null ? 0 : size)) {
                make(Kind.FACTS, part);
            }
            return true;
        });
    }

    private List<Part> missingAccounts(Instant now) throws SQLException {
        List<Part> there = parts(Kind.ACCOUNTS);
        long width = widths.accounts().toMillis();
        var out = new ArrayList<Part>();
        for (long start = Math.floorDiv(now.toEpochMilli(), width) * width;
                start <= now.plus(widths.ahead()).toEpochMilli();
                start += width) {
            Instant from = Instant.ofEpochMilli(start);
            String name = "accounts_" + HOUR.format(from);
            add(out, there, new Part(name, id(from), id(from.plus(widths.accounts()))));
        }
        return out;
    }

    private List<Part> missingFacts(long size) throws SQLException {
        List<Part> there = parts(Kind.FACTS);
        long first = size / widths.facts() * widths.facts() + 1;
        var out = new ArrayList<Part>();
        for (long from : new long[] {first, first + widths.facts()}) {
            add(out, there, new Part("facts_" + from, number(from), number(from + widths.facts())));
        }
        return out;
    }

    /// Adds what is not covered of a part.
    private static void add(List<Part> out, List<Part> there, Part wanted) {
        String from = wanted.from();
        for (Part part : there) {
            if (part.from().compareTo(wanted.to()) < 0 && part.to().compareTo(from) > 0) {
                from = part.to();
            }
        }
        if (from.compareTo(wanted.to()) < 0) {
            out.add(new Part(wanted.name(), from, wanted.to()));
        }
    }

    /// What stood in the last table, and belongs to the part, moves to it.
    private void make(Kind kind, Part part) throws SQLException {
        String rows =
                "%s >= '%s' AND %s < '%s'"
                        .formatted(
                                kind.column,
                                bound(kind, part.from()),
                                kind.column,
                                bound(kind, part.to()));
        sql.update(
                "CREATE TABLE %s (LIKE %s INCLUDING ALL)%s"
                        .formatted(part.name(), kind.table, kind.storage));
        sql.update(
                "WITH moved AS (DELETE FROM %s_other WHERE %s RETURNING *) INSERT INTO %s SELECT * FROM moved"
                        .formatted(kind.table, rows, part.name()));
        sql.update(
                "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(
                                kind.table,
                                part.name(),
                                bound(kind, part.from()),
                                bound(kind, part.to())));
        LOG.debug("made {}", part.name());
    }

    private static String bound(Kind kind, String key) {
        return kind == Kind.FACTS ? Long.toString(Long.parseLong(key)) : key;
    }

    private List<Part> parts(Kind kind) throws SQLException {
        var out = new ArrayList<Part>();
        for (String[] row :
                sql.rows(
                        """
                        SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i
                        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = CAST(? AS regclass)\
                        """,
                        row -> new String[] {row.getString(1), row.getString(2)},
                        kind.table)) {
            // There are none of the last table, and of one that is being dropped.
            Matcher bounds = BOUNDS.matcher(String.valueOf(row[1]));
            if (bounds.matches()) {
                out.add(
                        new Part(
                                row[0],
                                key(kind, bounds.group(1), LOWEST),
                                key(kind, bounds.group(2), HIGHEST)));
            }
        }
        out.sort(java.util.Comparator.comparing(Part::from));
        return out;
    }

    private static String key(Kind kind, @Nullable String bound, String none) {
        return bound == null ? none : kind.key(bound);
    }

    /// Drops every part of which all accounts opened before, have ended, and have their deadline
    /// behind them.
    Database.Gone drop(Instant openedBefore, Instant now) throws SQLException {
        String before = id(openedBefore);
        long dropped = 0;
        String below = before;
        for (Part part : parts(Kind.ACCOUNTS)) {
            if (part.to().compareTo(before) > 0) {
                below = part.from().compareTo(before) < 0 ? part.from() : before;
                break;
            }
            long rows = drop(part, now);
            if (rows == LATER) {
                return new Database.Gone(dropped, part.from());
            }
            dropped += Math.max(rows, 0);
        }
        return new Database.Gone(dropped, below);
    }

    private long drop(Part part, Instant now) throws SQLException {
        try {
            return dropped(part, now);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0; // another server was quicker
            }
            throw e;
        }
    }

    private long dropped(Part part, Instant now) throws SQLException {
        Long size = sql.longOrNull("SELECT size FROM sequencer WHERE id = 1");
        if (sql.longOrNull("SELECT 1 FROM %s WHERE state < 2 LIMIT 1".formatted(part.name()))
                        != null
                || sql.longOrNull(
                                "SELECT 1 FROM %s WHERE deadline_ms > ? LIMIT 1"
                                        .formatted(part.name()),
                                now.toEpochMilli())
                        != null) {
            return NEEDED;
        }
        Long rows = sql.longOrNull("SELECT count(*) FROM " + part.name());
        boolean done =
                alone(() -> {
                    // Each change of an account is a fact: none since, none changed.
                    boolean same =
                            sql.longOrNull(
                                            "SELECT 1 FROM facts WHERE seq > ? AND account >= ? AND account < ? LIMIT 1",
                                            size == null ? 0 : size,
                                            bits(part.from()),
                                            bits(part.to()))
                                    == null;
                    if (same && parts(Kind.ACCOUNTS).contains(part)) {
                        sql.update("DROP TABLE " + part.name());
                        LOG.info("dropped {}: {} accounts ended", part.name(), rows);
                        return true;
                    }
                    return false;
                });
        return done && rows != null ? rows : LATER;
    }

    /// What is done while nobody else writes.
    private interface Work {
        boolean done() throws SQLException;
    }

    /// @return what the work says; `false` where that would have had to wait
    private boolean alone(Work work) throws SQLException {
        sql.update("BEGIN");
        try {
            sql.update(WAIT);
            sql.longOrNull("SELECT size FROM sequencer WHERE id = 1 FOR UPDATE");
            boolean done = work.done();
            sql.update("COMMIT");
            return done;
        } catch (SQLException e) {
            sql.rollBack();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                LOG.info("parts of tables are made or dropped later: {}", Database.firstLine(e));
                return false;
            }
            throw e;
        }
    }
}
