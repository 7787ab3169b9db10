package dev.daypass.events;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When an event that was not taken is tried again: after a second, then twice as long each time,
/// with up to a quarter more, so that receivers that come back are not met by all at once.
final class Patience {
    /// So often, which takes a bit more than an hour; then an operator is asked.
    static final int TRIES_MAX = 12;

    private static final Duration FIRST = Duration.ofSeconds(1);

    private Patience() {}

    /// @param tries so far, from 1
    /// @return `null` for never
    static @Nullable Instant next(int tries, Instant now, RandomGenerator random) {
        if (tries >= TRIES_MAX) {
            return null;
        }
        long millis = FIRST.toMillis() << (tries - 1);
        return now.plusMillis(millis + random.nextLong(millis / 4 + 1));
    }
}
