package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that may not grow behaves like one on a full disk.
class FullDiskTest {
    private static final int PAGES_MORE = 8;

    @TempDir Path directory;
    private final List<Recorded> heard = new ArrayList<>();

    @Test
    void a_full_disk_refuses_keeps_what_was_answered_and_goes_on_when_there_is_space()
            throws SQLException {
        long applied = 0;
        long appliedLater = 0;
        try (var database = new Watched(SqliteDatabase.open(directory.resolve("daypass.db")))) {
            var writing =
                    Writing.on(
                            database,
                            new dev.daypass.store.PersonalParts(dev.daypass.store.FixedMaster.KEY));
            Connection connection = database.writers();
            var projection = new Projection(writing);
            try (var writer =
                    new GroupCommit(
                            writing,
                            new GroupCommit.Ends(new SettableClock(Sample.START), heard::addAll),
                            new GroupCommit.Limits(4_096, 16))) {
                pagesMax(connection, number(connection, "PRAGMA page_count") + PAGES_MORE);
                applied = applied(writer, projection, 500);
                assertTrue(applied > 0 && applied < 500, "applied " + applied);
                assertEquals(0, applied(writer, projection, 20));
                assertTrue(writer.alive());
                assertEquals(applied, number(connection, "SELECT count(*) FROM facts"));
                assertEquals(applied, usage(connection), "a fact and its state, or neither");

                pagesMax(connection, 1_000_000);
                appliedLater = applied(writer, projection, 100);
            }
        }

        assertEquals(100, appliedLater);
        assertEquals(applied + 100, heard.size());
        assertEquals(applied + 100, reopenedFacts());
    }

    private static long applied(GroupCommit writer, Projection projection, int changes) {
        var note =
                Sample.note(
                        Sample.id(1),
                        new Fact.CallMade(Sample.SERVICE, "search", "x".repeat(400), 200, 1));
        var stages = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < changes; i++) {
            stages.add(writer.submit(now -> projection.apply(note, now), 0));
        }
        return stages.stream().filter(FullDiskTest::wasApplied).count();
    }

    private static boolean wasApplied(CompletionStage<Outcome> stage) {
        try {
            return stage.toCompletableFuture().join() instanceof Outcome.Applied;
        } catch (CompletionException e) {
            assertInstanceOf(StoreUnavailable.class, e.getCause());
            return false;
        }
    }

    private long reopenedFacts() {
        try (Store store =
                SqlStore.open(
                        new SqlStore.Options(
                                directory.resolve("daypass.db"),
                                64,
                                16,
                                dev.daypass.store.FixedMaster.KEY),
                        new SettableClock(Sample.START),
                        heard::addAll)) {
            var facts = store.facts(1, 10_000);
            assertEquals(facts.size(), facts.getLast().entry().sequence());
            return facts.size();
        }
    }

    private static void pagesMax(Connection connection, long pages) throws SQLException {
        assertEquals(pages, number(connection, "PRAGMA max_page_count = " + pages));
    }

    private static long usage(Connection connection) throws SQLException {
        return number(connection, "SELECT sum(calls) FROM usage");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    @Test
    void a_directory_that_is_not_there_is_told_in_one_line() {
        var options =
                new SqlStore.Options(
                        directory.resolve("missing/daypass.db"),
                        64,
                        16,
                        dev.daypass.store.FixedMaster.KEY);

        var refused =
                assertThrows(
                        StoreUnavailable.class,
                        () -> SqlStore.open(options, new SettableClock(Sample.START), _ -> {}));

        assertTrue(String.valueOf(refused.getMessage()).lines().count() == 1);
    }

    /// Lets a test at the writer's connection.
    private static final class Watched implements Database {
        private final Database watched;
        private final List<Connection> writers = new ArrayList<>();

        Watched(Database watched) {
            this.watched = watched;
        }

        Connection writers() {
            return writers.getLast();
        }

        @Override
        public Connection connect() throws SQLException {
            writers.add(watched.connect());
            return writers.getLast();
        }

        @Override
        public Connection connectToRead() throws SQLException {
            return watched.connectToRead();
        }

        @Override
        public Frontier begin(Statements sql, Frontier left) throws SQLException {
            return watched.begin(sql, left);
        }

        @Override
        public void forgetWritten(Statements reading) throws SQLException {
            watched.forgetWritten(reading);
        }

        @Override
        public void close() {
            watched.close();
        }
    }
}
