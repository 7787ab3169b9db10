package dev.daypass.feed;

import dev.daypass.ledger.Recorded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The feed inside one process: who subscribes hears every fact on the writer's thread, before the
/// writer answers. Where several servers share a database, the facts of the others are among them
/// in the order of the ledger, but for their calls.
public final class LocalFeed implements Consumer<List<Recorded>> {
    private final CopyOnWriteArrayList<Consumer<Recorded>> subscribers =
            new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<Recorded>> own = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<Recorded>> elsewhere = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Runnable> afterwards = new CopyOnWriteArrayList<>();

    /// Hears everything.
    public void subscribe(Consumer<Recorded> subscriber) {
        subscribers.add(subscriber);
    }

    /// Hears what this process recorded.
    public void subscribeOwn(Consumer<Recorded> subscriber) {
        own.add(subscriber);
    }

    /// Hears what other servers recorded, before those who hear everything do.
    public void subscribeElsewhere(Consumer<Recorded> subscriber) {
        elsewhere.add(subscriber);
    }

    /// Runs when everybody has heard some facts.
    public void afterwards(Runnable then) {
        afterwards.add(then);
    }

    @Override
    public void accept(List<Recorded> recorded) {
        tell(recorded, own);
    }

    /// Takes what other servers recorded.
    public void elsewhere(List<Recorded> recorded) {
        tell(recorded, elsewhere);
    }

    private void tell(List<Recorded> recorded, List<Consumer<Recorded>> first) {
        var failures = new Failures();
        for (Recorded fact : recorded) {
            first.forEach(subscriber -> failures.of(() -> subscriber.accept(fact)));
            subscribers.forEach(subscriber -> failures.of(() -> subscriber.accept(fact)));
        }
        afterwards.forEach(failures::of);
        failures.told();
    }

    /// One fact that one subscriber cannot take must not keep an ending from another.
    private static final class Failures {
        private @Nullable RuntimeException first;

        void of(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }

        void told() {
            if (first != null) {
                throw first;
            }
        }
    }
}
