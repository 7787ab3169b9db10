package dev.daypass.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MomentTest {
    private final AtomicLong millis = new AtomicLong(5_000);
    private final AtomicInteger looks = new AtomicInteger();

    private long nanos() {
        return Duration.ofMillis(millis.get()).toNanos();
    }

    /// Stands still for a while after each of the first looks at the wall clock.
    private Instant wall(int pauses) {
        Instant now = Instant.ofEpochMilli(millis.get());
        if (looks.incrementAndGet() <= pauses) {
            millis.addAndGet(4_000);
        }
        return now;
    }

    @Test
    void who_stands_still_between_two_looks_looks_again() {
        Moment now = Moment.now(this::nanos, () -> wall(3));

        assertEquals(17_000, now.wallMillis());
        assertEquals(Duration.ofSeconds(17).toNanos(), now.nanos());
        assertEquals(4, looks.get());
    }

    @Test
    void a_machine_that_does_nothing_but_stand_still_is_not_waited_for() {
        Moment now = Moment.now(this::nanos, () -> wall(Integer.MAX_VALUE));

        assertTrue(now.nanos() <= nanos());
        assertTrue(looks.get() <= 1_000);
    }
}
