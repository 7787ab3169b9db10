package dev.daypass.feed;

import dev.daypass.ledger.Recorded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The feed inside one process: who subscribes hears every fact on the writer's thread, before the
/// writer answers.
public final class LocalFeed implements Consumer<List<Recorded>> {
    private final CopyOnWriteArrayList<Consumer<Recorded>> subscribers =
            new CopyOnWriteArrayList<>();

    public void subscribe(Consumer<Recorded> subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public void accept(List<Recorded> recorded) {
        RuntimeException first = null;
        for (Recorded fact : recorded) {
            for (Consumer<Recorded> subscriber : subscribers) {
                try {
                    subscriber.accept(fact);
                } catch (RuntimeException e) {
                    // One fact that one subscriber cannot take must not keep an ending from
                    // another.
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
