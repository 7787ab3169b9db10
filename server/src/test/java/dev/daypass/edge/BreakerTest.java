package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.config.LimitSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND); // it may run over
    private final Breaker breaker =
            new Breaker(new LimitSettings.Breaker(3, Duration.ofSeconds(10)), now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    @Test
    void it_opens_with_the_third_failure_in_a_row_and_says_so_once() {
        assertFalse(breaker.failed());
        assertFalse(breaker.failed());
        assertEquals(0, breaker.waitNanos());
        assertTrue(breaker.failed());
        assertFalse(breaker.failed());
        assertEquals(10 * SECOND, breaker.waitNanos());
        assertTrue(breaker.resting());
    }

    @Test
    void a_connection_in_between_begins_the_count_anew() {
        fail(2);
        assertFalse(breaker.connected());
        fail(2);
        assertEquals(0, breaker.waitNanos());
    }

    @Test
    void after_its_rest_one_call_tries_and_the_others_wait_for_it() {
        fail(3);
        now.addAndGet(10 * SECOND - 1);
        assertEquals(1, breaker.waitNanos());
        now.incrementAndGet();
        assertEquals(0, breaker.waitNanos());
        assertEquals(10 * SECOND, breaker.waitNanos());
    }

    @Test
    void the_one_that_tries_closes_it_or_makes_the_others_wait_again() {
        fail(3);
        now.addAndGet(10 * SECOND);
        assertEquals(0, breaker.waitNanos());
        assertFalse(breaker.failed());
        assertEquals(10 * SECOND, breaker.waitNanos());

        now.addAndGet(10 * SECOND);
        assertEquals(0, breaker.waitNanos());
        assertTrue(breaker.connected());
        assertEquals(0, breaker.waitNanos());
        assertFalse(breaker.resting());
    }

    @Test
    void one_that_tries_and_is_never_heard_of_again_is_followed_by_another() {
        fail(3);
        now.addAndGet(10 * SECOND);
        assertEquals(0, breaker.waitNanos());
        now.addAndGet(10 * SECOND);
        assertEquals(0, breaker.waitNanos());
    }
}
