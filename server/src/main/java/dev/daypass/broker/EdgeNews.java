package dev.daypass.broker;

import dev.daypass.feed.NewsLog;
import dev.daypass.feed.Snapshot;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.ToEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What edges elsewhere are told: facts that were committed together in one message, so that each
/// edge acknowledges them once. Thread-safe, but for what says otherwise.
final class EdgeNews {
    private final NewsLog log;
    private final List<Consumer<ToEdge.News<Snapshot, Recorded>>> following =
            new CopyOnWriteArrayList<>();
    private final List<ToEdge.News<Snapshot, Recorded>> untold = new ArrayList<>();

    /// @param head the last fact there is, whatever it concerns
    EdgeNews(long head) {
        this.log = new NewsLog(head);
    }

    /// Takes a fact, if it concerns edges. On the writer's thread.
    void take(Recorded recorded) {
        if (NewsLog.concernsEdges(recorded)) {
            untold.add(log.add(recorded));
        }
    }

    /// Tells what was taken since. On the writer's thread, before whoever committed it is answered.
    void tell() {
        if (untold.isEmpty()) {
            return;
        }
        ToEdge.News<Snapshot, Recorded> news = ToEdge.News.together(untold);
        untold.clear();
        following.forEach(one -> one.accept(news));
    }

    /// @return stops it
    Runnable follow(Consumer<ToEdge.News<Snapshot, Recorded>> told) {
        following.add(told);
        return () -> following.remove(told);
    }

    /// The last fact that concerns edges.
    long head() {
        return log.head();
    }

    /// What happened after a fact; `null` where that is not known any more.
    ToEdge.@Nullable News<Snapshot, Recorded> after(long sequence) {
        return log.after(sequence);
    }
}
