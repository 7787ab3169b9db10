package dev.daypass.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    @Test
    void nothing_is_there_until_it_is_put_there() {
        var allowance = new Allowance();

        assertTrue(allowance.spent());
        assertFalse(allowance.take());
        allowance.add(1);
        assertFalse(allowance.spent());
        assertTrue(allowance.take());
        assertFalse(allowance.take());
    }

    @Test
    void a_call_that_was_not_made_comes_back() {
        var allowance = new Allowance();
        allowance.add(1);

        assertTrue(allowance.take());
        allowance.putBack();

        assertTrue(allowance.take());
        assertTrue(allowance.spent());
        assertEquals(1, allowance.had());
    }

    @Test
    void many_at_once_take_exactly_what_is_there() throws InterruptedException {
        int threads = 8;
        long calls = 20_000;
        var allowance = new Allowance();
        var taken = new AtomicLong();
        var start = new CountDownLatch(1);
        try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (int i = 0; i < threads; i++) {
                boolean puts = i == 0;
                Future<?> _ =
                        executor.submit(() -> {
                            start.await();
                            for (long n = 0; n < calls; n++) {
                                if (puts) {
                                    allowance.add(1);
                                }
                                if (allowance.take()) {
                                    taken.incrementAndGet();
                                }
                            }
                            return null;
                        });
            }
            start.countDown();
        }
        while (allowance.take()) {
            taken.incrementAndGet();
        }

        assertEquals(calls, taken.get());
        assertTrue(allowance.spent());
    }

    @Test
    void small_budgets_are_reserved_call_by_call_and_large_ones_in_bulk() {
        assertEquals(1, Allowance.chunk(1));
        assertEquals(1, Allowance.chunk(39));
        assertEquals(2, Allowance.chunk(40));
        assertEquals(64, Allowance.chunk(1_280));
        assertEquals(64, Allowance.chunk(Budget.CALLS_MAX));
    }

    @Test
    void a_budget_is_at_least_one_call() {
        for (long calls : new long[] {0, -1, Budget.CALLS_MAX + 1, Long.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> new Budget(calls));
        }
        assertEquals(1L, new Budget(1L).calls());
        assertEquals(Budget.CALLS_MAX, new Budget(Budget.CALLS_MAX).calls());
    }

    @Test
    void of_two_budgets_the_tighter_counts() {
        assertEquals(Budget.UNLIMITED, Budget.UNLIMITED.and(null));
        assertEquals(new Budget(5L), Budget.UNLIMITED.and(5L));
        assertEquals(new Budget(5L), new Budget(5L).and(null));
        assertEquals(new Budget(5L), new Budget(5L).and(9L));
        assertEquals(new Budget(5L), new Budget(9L).and(5L));
        assertThrows(IllegalArgumentException.class, () -> Budget.UNLIMITED.and(0L));
        assertThrows(IllegalArgumentException.class, () -> new Budget(5L).and(-1L));
    }
}
