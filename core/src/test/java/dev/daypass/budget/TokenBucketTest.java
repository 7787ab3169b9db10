package dev.daypass.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_burst_is_served_and_then_the_rate_counts() {
        var bucket = new TokenBucket(2, 3, 0);

        for (int i = 0; i < 3; i++) {
            assertEquals(0, bucket.take(0));
        }
        assertEquals(SECOND / 2, bucket.take(0));
        assertTrue(bucket.take(SECOND / 2 - 1) > 0);
        assertEquals(0, bucket.take(SECOND / 2));
        assertTrue(bucket.take(SECOND / 2) > 0);
    }

    @Test
    void after_a_long_rest_there_is_one_burst_and_no_more() {
        var bucket = new TokenBucket(1_000, 2, 0);
        long later = 365L * 86_400 * SECOND;

        assertTrue(bucket.full(0));
        assertEquals(0, bucket.take(later));
        assertFalse(bucket.full(later));
        assertEquals(0, bucket.take(later));
        assertTrue(bucket.take(later) > 0);
    }

    @Test
    void a_clock_that_goes_back_makes_no_tokens() {
        var bucket = new TokenBucket(1, 1, 10 * SECOND);
        assertEquals(0, bucket.take(10 * SECOND));

        assertTrue(bucket.take(0) > 0);
        assertTrue(bucket.take(10 * SECOND) > 0);
        assertEquals(0, bucket.take(11 * SECOND));
    }

    @Test
    void never_more_is_taken_than_the_burst_and_the_rate_give() {
        Check.forAll(random -> {
            double rate = 0.5 + random.nextInt(200);
            int burst = 1 + random.nextInt(20);
            long start = random.nextLong() / 4;
            var bucket = new TokenBucket(rate, burst, start);
            long now = start;
            long taken = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(3) == 0 ? random.nextInt((int) SECOND / 10) : 0;
                taken += bucket.take(now) == 0 ? 1 : 0;

                double most = burst + rate * (now - start) / SECOND;
                assertTrue(taken <= most + 1e-6, taken + " of " + most);
            }
        });
    }

    @Test
    void who_waits_as_long_as_told_is_served() {
        Check.forAll(random -> {
            double rate = Math.pow(10, random.nextInt(8) - 3) * (1 + random.nextInt(9));
            long now = random.nextLong() / 4;
            var bucket = new TokenBucket(rate, 1 + random.nextInt(5), now);
            for (int i = 0; i < 50; i++) {
                now += random.nextInt(1_000);
                long wait = bucket.take(now);

                assertTrue(wait >= 0);
                if (wait > 0) {
                    now += wait;
                    assertEquals(0, bucket.take(now), "at " + rate + " per second, case " + i);
                }
            }
        });
    }

    @Test
    void a_bucket_that_could_never_serve_is_refused() {
        for (double rate : new double[] {0, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new TokenBucket(rate, 1, 0));
        }
        for (double burst : new double[] {0, 0.5, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, burst, 0));
        }
    }
}
