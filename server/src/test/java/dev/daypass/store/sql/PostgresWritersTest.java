package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Change;
import dev.daypass.store.FixedMaster;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredFact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Several stores on one PostgreSQL: one ledger without a hole, and every one of them hears all of
/// it in order.
class PostgresWritersTest {
    private static final int OPENED_BY_EACH = 300;

    private static Postgres postgres;

    @TempDir Path directory;
    private final SettableClock clock = new SettableClock(Sample.START);
    private PostgresStore.Place place;
    private Server one;
    private Server two;

    /// A store, what its feed has heard, and what was said to it.
    private final class Server implements AutoCloseable {
        final List<Recorded> heard = new CopyOnWriteArrayList<>();
        final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        final SqlStore store;

        Server(String name) {
            store =
                    PostgresStore.open(
                            place,
                            new SqlStore.Options(directory, 10_000, 16, FixedMaster.KEY),
                            clock,
                            new PostgresStore.Ears(name, heard::addAll, heard::addAll, said::add));
        }

        Outcome done(Change change) {
            return store.commit(change).toCompletableFuture().join();
        }

        void catchUp() {
            store.caughtUp().toCompletableFuture().join();
        }

        List<Long> sequences() {
            return heard.stream().map(Recorded::sequence).toList();
        }

        @Override
        public void close() {
            store.close();
        }
    }

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
        one = new Server("one");
        two = new Server("two");
        one.done(Sample.addAgent());
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static List<Long> to(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<CompletionStage<Outcome>> opened(Server server, int from) {
        var out = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < OPENED_BY_EACH; i++) {
            out.add(server.store.commit(Sample.draft(from + i).open()));
        }
        return out;
    }

    private static void applied(List<CompletionStage<Outcome>> all) throws Exception {
        for (CompletionStage<Outcome> each : all) {
            assertInstanceOf(
                    Outcome.Applied.class, each.toCompletableFuture().get(90, TimeUnit.SECONDS));
        }
    }

    private void ledgerHolds(long facts) {
        var check = new LedgerCheck();
        two.catchUp();
        one.catchUp();
        check.expect(one.store.ledger().tree(), "one");
        check.expect(two.store.ledger().tree(), "two");
        List<StoredFact> all = one.store.facts(1, 10_000);
        assertEquals(facts, all.size());
        all.forEach(fact -> assertEquals("", check.objection(fact.kept(), fact.leaf())));
        assertEquals("", check.missing());
    }

    @Test
    void writers_at_the_same_time_leave_no_hole_and_each_hears_all_in_order() throws Exception {
        List<CompletionStage<Outcome>> first = opened(one, 0);
        List<CompletionStage<Outcome>> second = opened(two, OPENED_BY_EACH);
        applied(first);
        applied(second);

        ledgerHolds(2 * OPENED_BY_EACH + 1);
        assertEquals(to(2 * OPENED_BY_EACH + 1), one.sequences());
        assertEquals(to(2 * OPENED_BY_EACH + 1), two.sequences());
    }

    @Test
    void sessions_that_end_while_both_write_lose_nothing_and_double_nothing() throws Exception {
        List<CompletionStage<Outcome>> first = opened(one, 0);
        List<CompletionStage<Outcome>> second = opened(two, OPENED_BY_EACH);
        for (int i = 0; i < OPENED_BY_EACH; i += OPENED_BY_EACH / 3) {
            first.get(i).toCompletableFuture().get(90, TimeUnit.SECONDS);
            postgres.endSessions();
        }
        applied(first);
        applied(second);

        ledgerHolds(2 * OPENED_BY_EACH + 1);
        assertEquals(to(2 * OPENED_BY_EACH + 1), one.sequences());
        assertEquals(to(2 * OPENED_BY_EACH + 1), two.sequences());
    }

    @Test
    void what_one_opened_the_other_ends_and_both_hear_it() {
        one.done(Sample.draft(1).open());

        assertInstanceOf(Outcome.Applied.class, two.done(Sample.end(Sample.id(1))));
        assertInstanceOf(Outcome.NotApplied.class, one.done(Sample.end(Sample.id(1))));

        assertInstanceOf(Fact.AccountEnded.class, one.heard.getLast().fact());
        assertEquals(one.heard.getLast(), two.heard.getLast());
    }

    @Test
    void calls_are_set_aside_once_however_many_ask() {
        one.done(Sample.draft(1).calls(10).open());
        var asked = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < 32; i++) {
            Server server = i % 2 == 0 ? one : two;
            asked.add(server.store.commit(new Change.Reserve(Sample.TENANT, Sample.id(1), 1)));
        }

        long had =
                asked.stream()
                        .filter(each ->
                                each.toCompletableFuture().join() instanceof Outcome.Applied)
                        .count();

        assertEquals(10, had);
    }

    @Test
    void a_fact_that_nobody_asks_for_is_heard_soon_as_well() throws Exception {
        one.done(Sample.draft(1).open());

        assertEquals(
                0, two.heard.stream().filter(fact -> fact.sequence() > 2).count(), "not ahead");
        two.store.look();
        two.catchUp();
        assertEquals(List.of(1L, 2L), two.sequences());
    }

    @Test
    void a_look_at_what_others_wrote_takes_no_place_from_changes() throws Exception {
        var held = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        Consumer<List<Recorded>> gate =
                _ -> {
                    reached.countDown();
                    awaited(held);
                };
        try (SqlStore small =
                PostgresStore.open(
                        place,
                        new SqlStore.Options(directory, 16, 16, FixedMaster.KEY),
                        clock,
                        new PostgresStore.Ears("small", gate, gate, _ -> {}))) {
            var waiting = new ArrayList<CompletionStage<Outcome>>();
            waiting.add(small.commit(Sample.draft(1).open()));
            reached.await();
            small.look();
            for (int i = 2; i < 16; i++) {
                waiting.add(small.commit(Sample.draft(i).open()));
            }
            held.countDown();

            applied(waiting);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_one_says_the_others_hear_and_not_itself() throws Exception {
        one.store.say("hello");
        two.store.say("and you");

        assertEquals("hello", two.said.poll(90, TimeUnit.SECONDS));
        assertEquals("and you", one.said.poll(90, TimeUnit.SECONDS));
        assertTrue(one.said.isEmpty());
        assertTrue(two.said.isEmpty());
    }

    @Test
    void a_key_that_one_destroyed_the_other_does_not_seal_with() {
        one.done(Sample.draft(1).open());
        one.done(Sample.end(Sample.id(1)));
        assertEquals(
                1,
                two.store.shred(
                        new Change.Shred(
                                Sample.TENANT,
                                new Fact.Shredded(List.of(Sample.id(1)), "asked", "me"))));
        one.catchUp();

        var late = new Fact.CallRefused(Sample.SERVICE, "fresh", "a secret");
        one.done(new Change.Note(Sample.TENANT, Sample.id(1), Sample.AGENT, late));

        assertFalse(one.store.facts(1, 100).getLast().entry().body().text().contains("a secret"));
        assertEquals(null, one.store.facts(1, 100).getLast().kept().sealed());
    }

    @Test
    void a_database_that_was_put_back_is_not_written_by_who_saw_it_ahead() {
        one.done(Sample.draft(1).open());
        two.catchUp();
        postgres.sql(place, "DELETE FROM facts; DELETE FROM sequencer");

        var refused =
                assertThrows(CompletionException.class, () -> one.done(Sample.draft(2).open()));

        assertInstanceOf(StoreUnavailable.class, refused.getCause());
        assertFalse(one.store.writing());
        assertThrows(CompletionException.class, two::catchUp);
    }
}
