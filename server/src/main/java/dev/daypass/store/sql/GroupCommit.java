package dev.daypass.store.sql;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer: takes whatever waits, commits it together with one flush, hands the facts to the
/// feed, and only then tells who waited.
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long NOTE_NANOS = TimeUnit.MILLISECONDS.toNanos(Store.NOTE_MILLIS);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Outcome LOOKED = new Outcome.Applied(0, 0);
    private static final long LOST_TOLD = 1_000; // every so many: a flood must not fill the log

    private final Writing writing;
    private final InstantSource clock;
    private final Publishing publishing;
    private final BlockingQueue<Pending> queue;
    private final int batchMax;
    private final Thread thread;
    private final AtomicLong dropped = new AtomicLong();
    private String lastFailure = "";
    private volatile boolean idle; // the writer sleeps until anything comes
    private volatile boolean closed; // takes no new work
    private volatile boolean stopped; // nobody takes from the queue any more
    private volatile boolean lost; // no connection to the database
    private volatile boolean contradicted; // the ledger is not the one that was there
    // A look is due. It takes no place in the queue: that is for changes.
    private final AtomicBoolean looked = new AtomicBoolean();

    /// What is done inside the writer's transaction. It may be done again after it has failed.
    @FunctionalInterface
    interface Work {
        Outcome apply(Instant now) throws SQLException;
    }

    /// @param work to be done; `null` for a look at what others have written
    /// @param awaited whether somebody waits for the outcome
    private record Pending(
            @Nullable Work work, boolean awaited, CompletableFuture<Outcome> outcome) {}

    /// @param queueMax changes that may wait; more are refused
    /// @param batchMax changes that one commit takes
    record Limits(int queueMax, int batchMax) {}

    GroupCommit(Writing writing, Ends ends, Limits limits) {
        this.writing = writing;
        this.clock = ends.clock();
        this.publishing = new Publishing(writing, ends);
        this.queue = new ArrayBlockingQueue<>(limits.queueMax());
        this.batchMax = limits.batchMax();
        this.thread = Thread.ofPlatform().name("daypass-writer").start(this::run);
    }

    /// Where the time comes from and the facts go to.
    ///
    /// @param clock wall clock
    /// @param feed hears what this writer made durable
    /// @param elsewhere hears what others did, in between
    record Ends(
            InstantSource clock,
            Consumer<List<Recorded>> feed,
            Consumer<List<Recorded>> elsewhere) {
        /// Where nobody else writes.
        Ends(InstantSource clock, Consumer<List<Recorded>> feed) {
            this(clock, feed, _ -> {});
        }
    }

    /// @param spare places in the queue that must stay free: a flood of other work leaves room for
    ///   endings
    CompletionStage<Outcome> submit(Work work, int spare) {
        return queued(work, spare);
    }

    /// Completes once the feed has heard everything that was durable when this was asked.
    CompletionStage<Outcome> caughtUp() {
        return writing.shared()
                ? queued(null, 0)
                : CompletableFuture.completedStage(LOOKED); // only this writer writes
    }

    /// Others may have written: has the feed hear it, soon.
    void look() {
        if (looked.compareAndSet(false, true) && idle) {
            LockSupport.unpark(thread);
        }
    }

    private CompletionStage<Outcome> queued(@Nullable Work work, int spare) {
        var pending = new Pending(work, true, new CompletableFuture<>());
        if (closed || stopped) {
            return CompletableFuture.failedStage(stopping());
        }
        return offer(pending, spare)
                ? pending.outcome()
                : CompletableFuture.failedStage(
                        new StoreUnavailable(
                                "too many changes wait to be written; try again shortly"));
    }

    /// As [#submit(Work, int)], for what nobody waits for: it may wait for company.
    void note(Work work) {
        if (closed || !offer(new Pending(work, false, new CompletableFuture<>()), 0)) {
            long count = dropped.incrementAndGet();
            if (count == 1 || count % LOST_TOLD == 0) {
                LOG.error("{} facts were not recorded: too many changes wait", count);
            }
        }
    }

    private boolean offer(Pending pending, int spare) {
        if (queue.remainingCapacity() <= spare || !queue.offer(pending)) {
            return false;
        }
        if (pending.awaited() || idle) {
            LockSupport.unpark(thread);
        }
        if (stopped) {
            refuseAll(); // stopped since the look: nobody else would tell who waits
        }
        return true;
    }

    /// Whether more than `spare` places in the queue are free.
    boolean roomy(int spare) {
        return queue.remainingCapacity() > spare;
    }

    /// Whether what is committed is heard by the feed.
    boolean alive() {
        return !closed && !stopped && !publishing.unheard() && !lost && !contradicted;
    }

    private void run() {
        var batch = new ArrayList<Pending>(batchMax);
        try {
            while (!closed || !queue.isEmpty()) {
                gather(batch);
                if (!batch.isEmpty() || looked.get()) {
                    commit(batch);
                }
                batch.clear();
            }
        } catch (InterruptedException _) {
            LOG.error("the writer was interrupted and has stopped; restart daypass");
        } catch (Error e) {
            LOG.error("the writer has stopped; restart daypass: {}", e.toString());
        } finally {
            stopped = true;
            batch.forEach(waiting -> waiting.outcome().completeExceptionally(stopping()));
            refuseAll();
        }
    }

    /// Takes what waits. Where nobody waits for any of it, sleeps a little while more comes: notes
    /// do not wake it, for a thousand of them would wake it a thousand times.
    private void gather(List<Pending> batch) throws InterruptedException {
        sleepUntilAnythingComes();
        letOthersHandIn();
        queue.drainTo(batch, batchMax);
        long until = System.nanoTime() + NOTE_NANOS;
        long left = NOTE_NANOS;
        while (left > 0
                && !closed
                && batch.size() < batchMax
                && noneAwaited(batch)
                && !looked.get()) {
            sleep(left);
            queue.drainTo(batch, batchMax - batch.size());
            left = until - System.nanoTime();
        }
    }

    private void sleepUntilAnythingComes() throws InterruptedException {
        idle = true; // said before the look: who hands in after it sees this and wakes
        while (queue.isEmpty() && !looked.get() && !closed) {
            sleep(Long.MAX_VALUE);
        }
        idle = false;
    }

    private void sleep(long nanos) throws InterruptedException {
        LockSupport.parkNanos(this, nanos);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static boolean noneAwaited(List<Pending> batch) {
        for (Pending pending : batch) {
            if (pending.awaited()) {
                return false;
            }
        }
        return true;
    }

    /// A flush costs far more than a turn of the processor, and who is about to hand in more saves
    /// one. Where nobody is, it costs nothing.
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on it
    private static void letOthersHandIn() {
        Thread.yield();
    }

    private void refuseAll() {
        for (Pending waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.outcome().completeExceptionally(stopping());
        }
    }

    private static StoreUnavailable stopping() {
        return new StoreUnavailable("the store is closing");
    }

    private void commit(List<Pending> batch) {
        looked.set(false);
        if (batch.stream().noneMatch(pending -> pending.work() != null)) {
            look(batch);
        } else {
            commit(batch, true);
        }
    }

    /// @param again whether it is done once more if the connection was lost before it was durable
    private void commit(List<Pending> batch, boolean again) {
        var outcomes = new ArrayList<Outcome>(batch.size());
        try {
            writing.begin();
            for (Pending pending : batch) {
                Work work = pending.work();
                outcomes.add(work == null ? LOOKED : work.apply(clock.instant()));
            }
            writing.commit();
        } catch (SQLException | RuntimeException e) {
            boolean gone = writing.lost();
            if (!gone || !durableAllTheSame(e)) {
                if (gone && again && !closed) {
                    writing.rollBack();
                    commit(batch, false);
                } else {
                    failed(batch, e);
                }
                return;
            }
        }
        lastFailure = "";
        publishing.publish(() -> closed, this::backAgain);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).outcome().complete(outcomes.get(i));
        }
    }

    /// Has the feed hear what others have written, without writing anything.
    private void look(List<Pending> batch) {
        try {
            writing.look();
        } catch (SQLException | RuntimeException e) {
            if (writing.lost()) {
                backAgain(e);
            }
            contradicted |= e instanceof Sequencer.Contradicted;
            report(String.valueOf(e.getMessage()));
            var failure = new StoreUnavailable("the database cannot be read", e);
            batch.forEach(pending -> pending.outcome().completeExceptionally(failure));
            return;
        }
        publishing.publish(() -> closed, this::backAgain);
        batch.forEach(pending -> pending.outcome().complete(LOOKED));
    }

    /// Whether a transaction was committed of which the connection was lost before the answer came.
    /// Until that is known nothing else is done, and edges do not serve.
    private boolean durableAllTheSame(Exception failure) {
        return whenBack(failure, writing::recovered);
    }

    private void backAgain(Exception failure) {
        whenBack(
                failure,
                () -> {
                    writing.reconnect();
                    return true;
                });
    }

    private interface Attempt {
        boolean made() throws SQLException;
    }

    private boolean whenBack(Exception failure, Attempt attempt) {
        report("the connection to the database is lost: " + failure.getMessage());
        lost = true;
        try {
            while (!closed) {
                try {
                    boolean made = attempt.made();
                    LOG.info("the database is back");
                    return made;
                } catch (SQLException e) {
                    if (e instanceof Sequencer.Contradicted) {
                        contradicted = true;
                    }
                    report("the database is not back: " + e.getMessage());
                    LockSupport.parkNanos(this, AGAIN_NANOS);
                }
            }
            return false;
        } finally {
            lost = false;
        }
    }

    private void failed(List<Pending> batch, Exception e) {
        writing.rollBack();
        contradicted |= e instanceof Sequencer.Contradicted;
        if (batch.size() > 1) {
            // One bad change must not refuse its neighbours: each is tried alone.
            batch.forEach(pending -> commit(List.of(pending)));
            return;
        }
        report(String.valueOf(e.getMessage()));
        batch.getFirst()
                .outcome()
                .completeExceptionally(new StoreUnavailable("the database refused the change", e));
    }

    // A full disk refuses every change; it is told once.
    private void report(String failure) {
        if (failure.equals(lastFailure)) {
            LOG.debug("nothing was written, again: {}", failure);
        } else {
            LOG.error("nothing was written: {}", failure);
        }
        lastFailure = failure;
    }

    /// Refuses new changes, commits those that wait, and stops.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
