package dev.daypass.remote;

import dev.daypass.feed.ReportJson;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Facts that nobody waits for, on their way to the broker: many in one request, kept while it
/// cannot be reached, and in memory only. Where there is no room for more, the edge must not serve.
/// Thread-safe.
final class Notes {
    static final int KEPT_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);
    private static final String FACTS = "/v1/edge/facts";
    private static final int BATCH_MAX = 256;
    private static final int BATCH_CHARS_MAX = 512 * 1024;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long WAIT_MILLIS = 100;
    // Calls that were let in before there was no room end after it.
    private static final int ROOM_LEFT = 1_000;

    private final BrokerClient broker;
    private final BlockingQueue<Json> kept = new ArrayBlockingQueue<>(KEPT_MAX);
    private volatile boolean closed;
    private volatile int sending;

    Notes(BrokerClient broker) {
        this.broker = broker;
    }

    void start() {
        Thread.ofVirtual().name("daypass-notes").start(this::run);
    }

    void add(ReportJson report) {
        if (!kept.offer(report.write())) {
            LOG.error("a fact was not recorded: too many wait for the broker");
        }
    }

    /// Whether calls may be let in whose facts will have a place.
    boolean roomy() {
        return kept.remainingCapacity() >= ROOM_LEFT;
    }

    int waiting() {
        return kept.size() + sending;
    }

    private void run() {
        while (!closed || !kept.isEmpty()) {
            try {
                List<Json> batch = batch();
                if (!batch.isEmpty()) {
                    deliver(batch);
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.error("facts for the broker", e);
            }
        }
    }

    private List<Json> batch() throws InterruptedException {
        var batch = new ArrayList<Json>();
        Json next = kept.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        int chars = 0;
        while (next != null) {
            batch.add(next);
            sending = batch.size();
            chars += next.text().length();
            next = batch.size() < BATCH_MAX && chars < BATCH_CHARS_MAX ? kept.poll() : null;
        }
        return batch;
    }

    /// Tries until it is durable; what a broker says is no fact is not one the next time either.
    private void deliver(List<Json> batch) {
        boolean again = true;
        while (again) {
            try {
                broker.post(FACTS, Json.object().put("facts", Json.array(batch)).build()).join();
                again = false;
            } catch (CompletionException e) {
                again = !refused(batch, e) && !givenUp(batch);
                if (again) {
                    LockSupport.parkNanos(AGAIN_NANOS);
                }
            }
        }
        sending = 0;
    }

    private boolean refused(List<Json> batch, CompletionException e) {
        if (!(e.getCause() instanceof BrokerRefused refused) || refused.anotherMayAnswer()) {
            return false;
        }
        if (batch.size() == 1) {
            LOG.error("a fact was not recorded: {}", refused.getMessage());
        } else {
            batch.forEach(one -> deliver(List.of(one)));
        }
        return true;
    }

    private boolean givenUp(List<Json> batch) {
        if (closed) {
            LOG.error("{} facts were not recorded: the broker cannot be reached", batch.size());
        }
        return closed;
    }

    /// What is there is sent once more.
    void close() {
        closed = true;
    }
}
