package dev.daypass.events;

import dev.daypass.events.Push.Pushed;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Change;
import dev.daypass.store.OutwardChange;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredDelivery;
import dev.daypass.store.StoredFact;
import dev.daypass.store.StoredStream;
import dev.daypass.vault.Vault;
import dev.daypass.vault.VaultSealBroken;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings events to their receivers, at least once, each receiver at its own pace. What is on its
/// way stands in the database with the fact itself, and so no restart loses it, and nobody who
/// revokes waits for a receiver.
public final class EventCourier {
    private static final Logger LOG = LoggerFactory.getLogger(EventCourier.class);

    /// So many are on their way to one receiver at once.
    private static final int AT_ONCE = 8;

    private static final int CHANGES_MAX = 1_000;

    private final Store store;
    private final Vault vault;
    private final EventSigner signer;
    private final Push push;
    private final EventStreams.Surroundings around;
    private final Executor waiting;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean news = true;
    private volatile Instant looked = Instant.MIN;

    EventCourier(Parts parts, EventStreams.Surroundings around, Executor waiting) {
        this.store = parts.store();
        this.vault = parts.vault();
        this.signer = parts.signer();
        this.push = parts.push();
        this.around = around;
        this.waiting = waiting;
    }

    record Parts(Store store, Vault vault, EventSigner signer, Push push) {}

    /// Hears every fact, on the writer's thread.
    void hear(Recorded recorded) {
        switch (recorded.fact().type()) {
            case "AccountEnded", "StreamChanged" -> news = true;
            default -> {}
        }
    }

    /// Sends what is due; to be called some times a second. Without news it looks once a second.
    public void tick() {
        Instant now = around.clock().instant();
        if (!news && !now.isBefore(looked) && now.isBefore(looked.plusSeconds(1))) {
            return;
        }
        news = false;
        looked = now;
        try {
            for (StoredStream stream : store.outward().streams()) {
                if (busy.add(stream.id())) {
                    start(stream);
                }
            }
        } catch (StoreUnavailable e) {
            LOG.debug("no events are sent: {}", e.getMessage());
        }
    }

    private void start(StoredStream stream) {
        try {
            waiting.execute(() -> {
                try {
                    drain(stream);
                } finally {
                    busy.remove(stream.id());
                }
            });
        } catch (RejectedExecutionException _) {
            busy.remove(stream.id());
        }
    }

    void drain(StoredStream stream) {
        try {
            List<StoredDelivery> due = due(stream);
            while (!due.isEmpty()) {
                CompletableFuture.allOf(
                                due.stream()
                                        .map(one ->
                                                CompletableFuture.runAsync(
                                                        () -> deliver(stream, one), waiting))
                                        .toArray(CompletableFuture<?>[]::new))
                        .join();
                due = due(stream);
            }
        } catch (StoreUnavailable | CompletionException | RejectedExecutionException e) {
            LOG.debug("events to {} wait: {}", stream.id(), e.getMessage());
        }
    }

    private List<StoredDelivery> due(StoredStream stream) {
        return store.outward().due(stream.id(), around.clock().instant(), AT_ONCE);
    }

    private void deliver(StoredStream stream, StoredDelivery delivery) {
        Pushed pushed = pushed(stream, delivery);
        int tries = delivery.tries() + 1;
        Instant now = around.clock().instant();
        OutwardChange change =
                switch (pushed) {
                    case Pushed.Taken() ->
                            new OutwardChange.Delivered(stream.id(), delivery.fact());
                    case Pushed.NotNow(var why) ->
                            failed(
                                    delivery,
                                    tries,
                                    Patience.next(tries, now, around.random()),
                                    why);
                    case Pushed.Refused(var why) -> failed(delivery, tries, null, why);
                };
        store.commit(new Change.OfOutward(change)).toCompletableFuture().join();
    }

    private static OutwardChange failed(
            StoredDelivery delivery, int tries, @Nullable Instant due, String why) {
        if (due == null) {
            LOG.warn(
                    "receiver {} did not take the event of fact {}: {}; see `daypass events dead`",
                    delivery.stream(),
                    delivery.fact(),
                    why);
        }
        return new OutwardChange.Failed(delivery.stream(), delivery.fact(), tries, due, why);
    }

    private Pushed pushed(StoredStream stream, StoredDelivery delivery) {
        SecurityEvent event = event(delivery.fact());
        if (event == null) {
            return new Pushed.Refused("the ledger has no such ending");
        }
        try {
            return push.push(
                    stream.endpoint(),
                    EventStreams.authorization(vault, stream),
                    signer.signed(event, stream, around.clock().instant()));
        } catch (VaultSealBroken _) {
            return new Pushed.Refused("its authorization field does not open; register it anew");
        }
    }

    private @Nullable SecurityEvent event(long fact) {
        StoredFact ended =
                store.facts(fact, 1).stream()
                        .filter(found -> found.entry().sequence() == fact)
                        .filter(found -> found.entry().type().equals("AccountEnded"))
                        .findFirst()
                        .orElse(null);
        if (ended == null || ended.entry().account() == null) {
            return null;
        }
        StoredFact opened =
                store.changes(ended.entry().account(), 0, CHANGES_MAX).stream()
                        .filter(found -> found.entry().type().equals("AccountOpened"))
                        .findFirst()
                        .orElse(null);
        return SecurityEvent.ended(ended, opened);
    }
}
