package dev.daypass.store;

import static dev.daypass.store.Sample.call;
import static dev.daypass.store.Sample.draft;
import static dev.daypass.store.Sample.end;
import static dev.daypass.store.Sample.id;
import static dev.daypass.store.Sample.impossible;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every store promises about committing, the feed and the hash chain.
public abstract class LedgerContractTest extends StoreContract {
    protected LedgerContractTest(Driver driver) {
        super(driver);
    }

    /// Holds the writer fast until it is opened, so that what is committed meanwhile waits.
    private final class Gate implements Consumer<List<Recorded>> {
        private final Semaphore open = new Semaphore(0);
        private final CountDownLatch reached = new CountDownLatch(1);

        @Override
        public void accept(List<Recorded> recorded) {
            heard.addAll(recorded);
            reached.countDown();
            open.acquireUninterruptibly();
        }

        void waitUntilHeld() throws InterruptedException {
            reached.await();
        }

        void open() {
            open.release(1_000_000);
        }
    }

    private Gate heldWriter() throws InterruptedException {
        store.close();
        var gate = new Gate();
        store = open(gate);
        store.commit(call(id(1)));
        gate.waitUntilHeld();
        return gate;
    }

    @Test
    void a_note_that_nobody_waits_for_is_recorded_by_itself() throws InterruptedException {
        store.close();
        var told = new CountDownLatch(1);
        store = open(_ -> told.countDown());

        store.note(call(id(1)));

        told.await();
        assertEquals(2, verified(store));
    }

    @Test
    void a_change_does_not_overtake_the_notes_before_it() {
        store.note(call(id(1)));
        store.note(call(id(1)));
        applied(draft(1).open());

        assertEquals(
                List.of("AgentAdded", "CallMade", "CallMade", "AccountOpened"),
                heard.stream().map(recorded -> recorded.fact().type()).toList());
    }

    @Test
    void notes_that_wait_when_the_store_closes_are_recorded() {
        for (int i = 0; i < 20; i++) {
            store.note(call(id(1)));
        }

        reopen();

        assertEquals(21, verified(store));
        assertEquals(20, store.usage(Sample.TENANT).getFirst().calls());
    }

    @Test
    void a_full_queue_has_no_room_and_says_so() throws InterruptedException {
        Gate gate = heldWriter();
        assertTrue(store.roomy());
        for (int i = 0; i < QUEUE_FOR_ALL; i++) {
            store.note(call(id(1)));
        }

        assertFalse(store.roomy());

        gate.open();
    }

    @Test
    void a_change_that_fails_does_not_fail_its_neighbours() throws InterruptedException {
        Gate gate = heldWriter();
        var before = store.commit(draft(1).open());
        var failing = store.commit(impossible());
        var again = store.commit(draft(1).open());
        var after = store.commit(draft(2).open());

        gate.open();

        assertEquals(new Outcome.Applied(3, 1), done(before));
        unavailable(failing);
        unavailable(again);
        assertEquals(new Outcome.Applied(4, 1), done(after));
        assertEquals(4, verified(store));
    }

    @Test
    void more_than_the_queue_holds_is_refused_at_once() throws InterruptedException {
        Gate gate = heldWriter();
        var waiting = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < QUEUE_FOR_ALL; i++) {
            waiting.add(store.commit(call(id(1))));
        }

        StoreUnavailable refused = unavailable(store.commit(call(id(1))));
        gate.open();

        assertTrue(String.valueOf(refused.getMessage()).contains("try again"));
        waiting.forEach(stage -> assertInstanceOf(Outcome.Applied.class, done(stage)));
        assertEquals(QUEUE_FOR_ALL + 2, verified(store));
    }

    @Test
    void an_ending_finds_room_when_the_queue_is_full_of_everything_else()
            throws InterruptedException {
        applied(draft(1).open());
        Gate gate = heldWriter();
        for (int i = 0; i < QUEUE_FOR_ALL; i++) {
            store.commit(call(id(1)));
        }
        unavailable(store.commit(call(id(1))));

        var ending = store.commit(end(id(1)));
        gate.open();

        assertInstanceOf(Outcome.Applied.class, done(ending));
    }

    @Test
    void closing_commits_what_was_accepted_and_refuses_the_rest() throws InterruptedException {
        Gate gate = heldWriter();
        var accepted = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < QUEUE_FOR_ALL; i++) {
            accepted.add(store.commit(call(id(1))));
        }
        Thread closing = Thread.ofPlatform().start(store::close);
        while (store.writing()) {
            Thread.onSpinWait();
        }

        var late = store.commit(call(id(1)));
        gate.open();
        closing.join();

        unavailable(late);
        accepted.forEach(stage -> assertInstanceOf(Outcome.Applied.class, done(stage)));
        store = open(heard::addAll);
        assertEquals(QUEUE_FOR_ALL + 2, verified(store));
    }

    @Test
    void nobody_who_commits_while_the_store_closes_waits_forever() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            var stages = new ArrayList<CompletionStage<Outcome>>();
            var started = new CountDownLatch(1);
            Thread committing =
                    Thread.ofPlatform()
                            .start(() -> {
                                boolean open = true;
                                while (open) {
                                    open = store.writing();
                                    stages.add(store.commit(call(id(1))));
                                    started.countDown();
                                }
                            });
            started.await();
            store.close();
            committing.join();

            int last = heard.size();
            long applied = stages.stream().filter(LedgerContractTest::wasApplied).count();
            reopen();
            assertEquals(last, heard.size());
            assertTrue(applied <= verified(store));
        }
    }

    private static boolean wasApplied(CompletionStage<Outcome> stage) {
        return stage.handle((outcome, _) -> outcome instanceof Outcome.Applied)
                .toCompletableFuture()
                .join();
    }

    @Test
    void the_feed_has_a_fact_before_who_committed_it_is_told() {
        store.close();
        heard.clear();
        store = open(heard::addAll);
        var heardByThen = new CopyOnWriteArrayList<Long>();
        var stages = new ArrayList<CompletionStage<?>>();

        for (int i = 0; i < 50; i++) {
            stages.add(
                    store.commit(call(id(1)))
                            .thenAccept(outcome -> {
                                if (outcome instanceof Outcome.Applied(var sequence, var _)
                                        && heard.stream().anyMatch(r -> r.sequence() == sequence)) {
                                    heardByThen.add(sequence);
                                }
                            }));
        }
        stages.forEach(stage -> stage.toCompletableFuture().join());

        assertEquals(50, heardByThen.size());
    }

    @Test
    void a_store_whose_feed_fails_says_that_edges_do_not_hear() {
        store.close();
        store =
                open(_ -> {
                    throw new IllegalStateException("deaf");
                });
        assertTrue(store.writing());

        assertInstanceOf(Outcome.Applied.class, outcome(call(id(1))));

        assertFalse(store.writing());
    }

    @Test
    void a_writer_that_dies_leaves_nobody_waiting_and_loses_nothing_durable()
            throws InterruptedException {
        store.close();
        var held = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        store =
                open(_ -> {
                    reached.countDown();
                    awaited(held);
                    throw new StackOverflowError("as if");
                });
        var first = store.commit(call(id(1)));
        reached.await();
        var second = store.commit(call(id(1)));

        held.countDown();

        unavailable(first);
        unavailable(second);
        unavailable(store.commit(call(id(1))));
        assertFalse(store.writing());
        reopen();
        assertEquals(2, verified(store));
        assertInstanceOf(Outcome.Applied.class, outcome(call(id(1))));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_time_of_the_last_fact_is_told() {
        clock.forward(Duration.ofSeconds(7));
        applied(call(id(1)));

        assertEquals(Sample.START.plusSeconds(7), store.lastFactTime());
        assertEquals(1, store.facts(2, 10).size());
        assertEquals(1, store.facts(1, 1).size());
    }

    @Test
    void a_store_without_facts_says_the_epoch() {
        store.close();
        directory = directory.resolve("empty");
        assertTrue(directory.toFile().mkdir());
        store = open(heard::addAll);

        assertEquals(Instant.EPOCH, store.lastFactTime());
        assertEquals(0, verified(store));
    }

    @Test
    void any_text_in_a_fact_is_read_back_as_it_was() {
        Check.forAll(
                60,
                random -> {
                    var fact = new Fact.OpenRefused(Sample.AGENT, "decide", Gen.text(random, 12));
                    long sequence = applied(Sample.note(null, fact)).sequence();

                    StoredFact stored = store.facts(sequence, 1).getFirst();

                    assertEquals(fact.body(), stored.entry().body());
                });
        assertEquals(heard.size(), verified(store));
    }

    @Test
    void whatever_is_committed_the_feed_hears_all_in_order_and_the_chain_holds_after_reopening() {
        Check.forAll(
                8,
                random -> {
                    var stages = new ArrayList<CompletionStage<Outcome>>();
                    for (int i = 0; i < 40; i++) {
                        stages.add(store.commit(anything(random)));
                    }
                    stages.forEach(LedgerContractTest::wasApplied);
                    reopen();

                    List<StoredFact> facts = store.facts(1, 10_000);
                    assertEquals(facts.size(), verified(store));
                    assertEquals(
                            facts.stream().map(f -> f.entry().sequence()).toList(),
                            heard.stream().map(Recorded::sequence).toList());
                    assertEquals(
                            facts.stream().map(f -> f.entry().body()).toList(),
                            heard.stream().map(r -> r.fact().body()).toList());
                });
    }

    private static Change anything(Random random) {
        int number = random.nextInt(20);
        return switch (random.nextInt(6)) {
            case 0 -> draft(number).open();
            case 1 -> draft(number).below(id(random.nextInt(20))).calls(9).open();
            case 2 -> end(id(number));
            case 3 -> impossible();
            case 4 -> Sample.reserve(id(number), random.nextInt(-3, 5));
            default -> call(id(number));
        };
    }
}
