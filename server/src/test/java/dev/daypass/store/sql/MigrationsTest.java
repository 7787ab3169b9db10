package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.store.Change;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.PackedJson;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.CanonicalJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of before: what is in them is there afterwards, and goes on.
class MigrationsTest {
    private static final String LOCATION = "classpath:dev/daypass/store/%s/migration";
    private static final List<String> TABLES =
            List.of("agents", "accounts", "account_keys", "facts", "tree", "sequencer");

    /// Columns that version 8 did not have.
    private static final List<String> LATER = List.of("lease_seconds");

    private static Postgres postgres;

    @TempDir Path directory;
    private final SettableClock clock = new SettableClock(Sample.START);

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static String newest(String engine, String url) {
        var all =
                Flyway.configure()
                        .dataSource(url, null, null)
                        .locations(LOCATION.formatted(engine))
                        .load()
                        .info()
                        .all();
        return all[all.length - 1].getVersion().getVersion();
    }

    private SqlStore open(PostgresStore.Place place) {
        return PostgresStore.open(
                place,
                new SqlStore.Options(directory, 1_000, 16, FixedMaster.KEY),
                clock,
                new PostgresStore.Ears("alone", _ -> {}, _ -> {}, _ -> {}));
    }

    @Test
    void both_engines_have_the_version_that_a_file_is_looked_at_for() {
        String sqlite = newest("sqlite", "jdbc:sqlite:" + directory.resolve("empty.db"));

        assertEquals(SqliteDatabase.VERSION, sqlite);
        assertEquals(sqlite, newest("postgres", postgres.place("empty").url()));
    }

    private static void filled(SqlStore store) {
        done(store, Sample.addAgent());
        done(store, Sample.addAgent(Sample.OTHER_TENANT, Sample.AGENT, "t"));
        for (int i = 1; i < 300; i++) {
            done(store, Sample.draft(i).open());
            if (i > 1) {
                done(store, Sample.end(Sample.id(i)));
            }
        }
    }

    /// What is there is what was, to the last leaf, and goes on.
    private static void wholeAndGoingOn(SqlStore store) {
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        for (StoredFact fact : store.facts(1, 10_000)) {
            assertEquals("", check.objection(fact.kept(), fact.leaf()));
        }
        assertEquals("", check.missing());
        assertEquals(599, check.frontier().size());
        assertEquals(Sample.draft(1).stored(), store.account(Sample.id(1)).orElseThrow());
        assertEquals(AccountState.ENDED, store.account(Sample.id(299)).orElseThrow().state());
        assertEquals(
                List.of(Sample.draft(1).stored()),
                store.leased(Sample.TENANT, null, 10),
                "of one from before nobody knows whether it has a lease but its opening");
        assertEquals(1, store.changes(Sample.id(1), 0, 10).size());
        assertEquals(2, store.factsOf(Sample.id(299), 0, 10).size());
        done(store, Sample.draft(400).open());
        done(store, Sample.end(Sample.id(400)));
        done(store, Sample.end(Sample.id(1)));
        var shredded = new Fact.Shredded(List.of(Sample.id(1), Sample.id(299)), "asked", "me");
        assertEquals(2, store.shred(new Change.Shred(Sample.TENANT, shredded)));
        assertFalse(store.facts(3, 1).getFirst().entry().body().text().contains("task"));
    }

    @Test
    void a_postgresql_of_version_8_has_its_rows_in_parts_and_they_leave_with_them()
            throws SQLException {
        PostgresStore.Place source = postgres.place("source");
        try (SqlStore store = open(source)) {
            filled(store);
        }
        PostgresStore.Place old = postgres.place("old");
        Flyway.configure()
                .dataSource(old.url(), old.user(), old.password())
                .locations(LOCATION.formatted("postgres"))
                .target("8")
                .load()
                .migrate();
        copy(source.url(), old.url());

        try (SqlStore store = open(old)) {
            wholeAndGoingOn(store);
            clock.forward(Duration.ofDays(1));
            assertEquals(300, store.forget(clock.instant(), 1), "both parts at once");
            done(store, Sample.draft(500).open());
        }
    }

    @Test
    void a_file_of_version_8_has_short_rows_and_the_same_leaves() throws SQLException {
        Path source = directory.resolve("source.db");
        Path old = directory.resolve("old.db");
        try (SqlStore store = open(source)) {
            filled(store);
        }
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + old, null, null)
                .locations(LOCATION.formatted("sqlite"))
                .target("8")
                .load()
                .migrate();
        copy("jdbc:sqlite:" + source, "jdbc:sqlite:" + old);

        try (SqlStore store = open(old)) {
            wholeAndGoingOn(store);
        }
        try (SqlStore store = open(old)) {
            assertEquals(603, store.head());
        }
    }

    private SqlStore open(Path file) {
        return SqlStore.open(
                new SqlStore.Options(file, 1_000, 16, FixedMaster.KEY), clock, _ -> {});
    }

    private static void done(SqlStore store, Change change) {
        assertTrue(store.commit(change).toCompletableFuture().join() instanceof Outcome.Applied);
    }

    private static void copy(String from, String to) throws SQLException {
        try (Connection source = DriverManager.getConnection(from);
                Connection target = DriverManager.getConnection(to)) {
            for (String table : TABLES) {
                copy(source, target, table);
            }
        }
    }

    private static void copy(Connection source, Connection target, String table)
            throws SQLException {
        try (var select = source.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM " + table)) {
            var meta = row.getMetaData();
            var names = new ArrayList<String>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i));
            }
            names.removeAll(LATER);
            String values = "?" + ", ?".repeat(names.size() - 1);
            target.setAutoCommit(false);
            try (PreparedStatement insert =
                    target.prepareStatement(
                            "INSERT INTO %s (%s) VALUES (%s)"
                                    .formatted(table, String.join(", ", names), values))) {
                while (row.next()) {
                    for (int i = 1; i <= names.size(); i++) {
                        String name = names.get(i - 1);
                        insert.setObject(i, before(table, name, row.getObject(name)));
                    }
                    insert.executeUpdate();
                }
            }
            target.commit();
        }
    }

    /// A value as version 8 kept it.
    private static @Nullable Object before(String table, String column, @Nullable Object now) {
        if (now == null) {
            return column.equals("tenant") ? "default" : null;
        }
        return switch (table + "." + column) {
            case "facts.type" -> FactTypes.ALL.get(((Number) now).intValue() - 1);
            case "facts.body" -> CanonicalJson.text(PackedJson.unpack((byte[]) now));
            case "facts.account", "account_keys.account" -> AccountId.ofBytes((byte[]) now).value();
            default -> now;
        };
    }
}
