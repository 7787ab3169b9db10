package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.ledger.LedgerCheck;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredFact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a store whose PostgreSQL goes away and comes back, or has another writer.
class PostgresFaultsTest {
    private static final int CHANGES = 600;
    private static final int ENDED_EVERY = 100;

    private static Postgres postgres;

    @TempDir Path directory;
    private final List<Recorded> heard = new CopyOnWriteArrayList<>();
    private PostgresStore.Place place;
    private SqlStore store;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        place = postgres.place(test.getDisplayName().substring(0, 12));
        store = open();
        store.commit(Sample.addAgent()).toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SqlStore open() {
        return PostgresStore.open(
                place,
                new SqlStore.Options(directory, 10_000, 16, FixedMaster.KEY),
                new SettableClock(Sample.START),
                new PostgresStore.Ears("alone", heard::addAll, heard::addAll, _ -> {}));
    }

    private List<StoredFact> facts() {
        return store.facts(1, 10_000);
    }

    @Test
    void sessions_that_end_in_mid_commit_lose_nothing_and_double_nothing() throws Exception {
        var waiting = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < CHANGES; i++) {
            waiting.add(store.commit(Sample.draft(i).open()));
            if (i % ENDED_EVERY == ENDED_EVERY - 1) {
                waiting.get(i - ENDED_EVERY / 2).toCompletableFuture().get(90, TimeUnit.SECONDS);
                postgres.endSessions();
            }
        }

        for (CompletionStage<Outcome> each : waiting) {
            assertTrue(
                    each.toCompletableFuture().get(90, TimeUnit.SECONDS)
                            instanceof Outcome.Applied);
        }

        List<StoredFact> facts = facts();
        assertEquals(CHANGES + 1, facts.size());
        assertEquals(
                LongStream.rangeClosed(1, CHANGES + 1).boxed().toList(),
                heard.stream().map(Recorded::sequence).toList(),
                "each fact was heard once, in order");
        assertEquals(
                CHANGES,
                new HashSet<>(facts.stream().skip(1).map(f -> f.kept().account()).toList()).size());
        var check = new LedgerCheck();
        check.expect(store.ledger().tree(), "the store");
        facts.forEach(fact -> assertEquals("", check.objection(fact.kept(), fact.leaf())));
        assertEquals("", check.missing());
        assertTrue(store.writing());
    }

    @Test
    void reading_goes_on_after_sessions_ended() {
        postgres.endSessions();

        assertEquals(1, facts().size());
        assertEquals(1, store.agents().size());
    }

    @Test
    void a_ledger_that_somebody_else_appended_to_is_not_written() {
        postgres.sql(place, "UPDATE sequencer SET size = size + 1");

        Throwable refused =
                assertThrows(
                                java.util.concurrent.CompletionException.class,
                                () ->
                                        store.commit(Sample.draft(1).open())
                                                .toCompletableFuture()
                                                .join())
                        .getCause();

        assertTrue(refused instanceof StoreUnavailable);
        assertEquals(1, facts().size());
    }
}
