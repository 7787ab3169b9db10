package dev.daypass.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One reader of an account's news: each in order, none twice. Until the reader is there, they are
/// held; an account has few. Thread-safe.
public final class Following implements AutoCloseable {
    private final Consumer<Following> left;
    private final List<News> held = new ArrayList<>();
    private @Nullable Reader reader;
    private long last;
    private boolean caughtUp;
    private boolean stopped;
    private boolean closed;

    Following(long after, Consumer<Following> left) {
        this.last = after;
        this.left = left;
    }

    /// What the news go to; must not block.
    public interface Reader {
        void news(News news);

        /// Nothing follows.
        void end();
    }

    synchronized void hear(News news) {
        held.add(news);
        pass();
    }

    /// What the store knew, before what was heard meanwhile.
    synchronized void missed(List<News> news) {
        held.addAll(0, news);
        caughtUp = true;
        pass();
    }

    /// Whether there is nothing to be told yet.
    public synchronized boolean idle() {
        return held.isEmpty();
    }

    public synchronized void to(Reader there) {
        reader = there;
        pass();
    }

    private void pass() {
        Reader there = reader;
        if (there == null || !caughtUp) {
            return;
        }
        for (News news : held) {
            if (news.sequence() > last) {
                last = news.sequence();
                there.news(news);
                stopped |= news.last();
            }
        }
        held.clear();
        if (stopped) {
            there.end();
        }
    }

    /// Ends the reader's stream; it may come again elsewhere.
    synchronized void stop() {
        stopped = true;
        pass();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        left.accept(this);
    }
}
