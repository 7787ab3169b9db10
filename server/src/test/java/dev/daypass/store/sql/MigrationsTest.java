package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoredFact;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of before: what is in them is there afterwards, and goes on.
class MigrationsTest {
    private static final String LOCATION = "classpath:dev/daypass/store/%s/migration";
    private static final List<String> TABLES =
            List.of("agents", "accounts", "account_keys", "facts", "tree");

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

    @Test
    void what_was_in_one_table_is_in_parts_and_leaves_with_them() throws SQLException {
        PostgresStore.Place source = postgres.place("source");
        try (SqlStore store = open(source)) {
            done(store, Sample.addAgent());
            for (int i = 1; i <= 300; i++) {
                done(store, Sample.draft(i).open());
                if (i > 1) {
                    done(store, Sample.end(Sample.id(i)));
                }
            }
        }
        PostgresStore.Place old = postgres.place("old");
        Flyway.configure()
                .dataSource(old.url(), old.user(), old.password())
                .locations(LOCATION.formatted("postgres"))
                .target("8")
                .load()
                .migrate();
        copy(source, old, TABLES);
        copy(source, old, List.of("sequencer"));

        try (SqlStore store = open(old)) {
            var check = new LedgerCheck();
            check.expect(store.ledger().tree(), "the store");
            for (StoredFact fact : store.facts(1, 10_000)) {
                assertEquals("", check.objection(fact.kept(), fact.leaf()));
            }
            assertEquals("", check.missing());
            assertEquals(600, check.frontier().size());
            assertEquals(Sample.draft(1).stored(), store.account(Sample.id(1)).orElseThrow());
            assertEquals(AccountState.ENDED, store.account(Sample.id(300)).orElseThrow().state());

            done(store, Sample.draft(400).open());
            done(store, Sample.end(Sample.id(400)));
            done(store, Sample.end(Sample.id(1)));
            clock.forward(Duration.ofDays(1));
            assertEquals(301, store.forget(clock.instant(), 1), "both parts at once");
            done(store, Sample.draft(500).open());
        }
    }

    private static void done(SqlStore store, dev.daypass.store.Change change) {
        assertTrue(store.commit(change).toCompletableFuture().join() instanceof Outcome.Applied);
    }

    private static void copy(PostgresStore.Place from, PostgresStore.Place to, List<String> tables)
            throws SQLException {
        try (Connection source = DriverManager.getConnection(from.url());
                Connection target = DriverManager.getConnection(to.url())) {
            for (String table : tables) {
                copy(source, target, table);
            }
        }
    }

    private static void copy(Connection source, Connection target, String table)
            throws SQLException {
        try (var select = source.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM " + table)) {
            int columns = row.getMetaData().getColumnCount();
            var names = new StringBuilder(row.getMetaData().getColumnName(1));
            for (int i = 2; i <= columns; i++) {
                names.append(", ").append(row.getMetaData().getColumnName(i));
            }
            String values = "?" + ", ?".repeat(columns - 1);
            try (PreparedStatement insert =
                    target.prepareStatement(
                            "INSERT INTO %s (%s) VALUES (%s)".formatted(table, names, values))) {
                while (row.next()) {
                    for (int i = 1; i <= columns; i++) {
                        insert.setObject(i, row.getObject(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }
}
