package dev.daypass.store.sqlite;

import dev.daypass.ledger.Recorded;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.StoreUnavailable;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer: takes whatever waits, commits it together with one flush, hands the facts to the
/// feed, and only then tells who waited.
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Statements sql;
    private final FactWriter facts;
    private final Projection projection;
    private final InstantSource clock;
    private final Consumer<List<Recorded>> feed;
    private final BlockingQueue<Pending> queue;
    private final int batchMax;
    private final Thread thread;
    private volatile boolean closed;

    private record Pending(Change change, CompletableFuture<Outcome> outcome) {}

    /// @param queueMax changes that may wait; more are refused
    /// @param batchMax changes that one commit takes
    record Limits(int queueMax, int batchMax) {}

    GroupCommit(Statements sql, InstantSource clock, Consumer<List<Recorded>> feed, Limits limits)
            throws SQLException {
        this.sql = sql;
        this.facts = new FactWriter(sql);
        this.projection = new Projection(sql, facts);
        this.clock = clock;
        this.feed = feed;
        this.queue = new ArrayBlockingQueue<>(limits.queueMax());
        this.batchMax = limits.batchMax();
        this.thread = Thread.ofPlatform().name("daypass-writer").start(this::run);
    }

    CompletionStage<Outcome> commit(Change change) {
        var pending = new Pending(change, new CompletableFuture<>());
        if (closed || !queue.offer(pending)) {
            return CompletableFuture.failedStage(
                    new StoreUnavailable(
                            closed
                                    ? "the store is closing"
                                    : "too many changes wait to be written; try again shortly"));
        }
        return pending.outcome();
    }

    boolean alive() {
        return !closed && thread.isAlive();
    }

    private void run() {
        var batch = new ArrayList<Pending>(batchMax);
        while (true) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException _) {
                refuseAll();
                return;
            }
            queue.drainTo(batch, batchMax - 1);
            commit(batch);
            batch.clear();
        }
    }

    private void refuseAll() {
        for (Pending waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.outcome().completeExceptionally(new StoreUnavailable("the store is closing"));
        }
    }

    private void commit(List<Pending> batch) {
        var outcomes = new ArrayList<Outcome>(batch.size());
        try {
            sql.update("BEGIN IMMEDIATE");
            for (Pending pending : batch) {
                outcomes.add(projection.apply(pending.change(), clock.instant()));
            }
            sql.update("COMMIT");
        } catch (SQLException | RuntimeException e) {
            failed(batch, e);
            return;
        }
        publish();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).outcome().complete(outcomes.get(i));
        }
    }

    private void publish() {
        List<Recorded> committed = facts.committed();
        if (!committed.isEmpty()) {
            try {
                feed.accept(committed);
            } catch (RuntimeException e) {
                LOG.error("the feed failed on durable facts", e);
            }
        }
    }

    private void failed(List<Pending> batch, Exception e) {
        LOG.error("nothing was written: {}", e.getMessage());
        try {
            sql.update("ROLLBACK");
        } catch (SQLException rollback) {
            LOG.debug("no transaction to roll back: {}", rollback.getMessage());
        }
        facts.rollBack();
        if (batch.size() > 1) {
            // One bad change must not refuse its neighbours: each is tried alone.
            batch.forEach(pending -> commit(List.of(pending)));
            return;
        }
        batch.getFirst()
                .outcome()
                .completeExceptionally(new StoreUnavailable("the database refused the change", e));
    }

    /// Refuses new changes, commits those that wait, and stops.
    @Override
    public void close() {
        closed = true;
        try {
            while (!queue.isEmpty() && thread.isAlive()) {
                thread.join(java.time.Duration.ofMillis(5));
            }
            thread.interrupt();
            thread.join();
            sql.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        }
    }
}
