package dev.daypass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void a_duration_is_a_sum_of_counts_with_units() {
        assertEquals(Duration.ofMillis(500), Durations.parse("500ms"));
        assertEquals(Duration.ofSeconds(90), Durations.parse("90s"));
        assertEquals(Duration.ofMinutes(10), Durations.parse("10m"));
        assertEquals(Duration.ofHours(2), Durations.parse("2h"));
        assertEquals(Duration.ofDays(1), Durations.parse("1d"));
        assertEquals(Duration.ofMinutes(90).plusMillis(5), Durations.parse("1h30m5ms"));
        assertEquals(Duration.ZERO, Durations.parse("0s"));
    }

    @Test
    void the_text_of_a_duration_reads_back_as_it() {
        Check.forAll(random -> {
            var duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 55)));

            assertEquals(duration, Durations.parse(Durations.text(duration)));
        });
    }

    @Test
    void the_longest_duration_does_not_overflow() {
        String longest = "999999999d999999999d999999999d999999999d";

        assertEquals(4 * 999_999_999L, Durations.parse(longest).toDays());
        assertTrue(Durations.parse(longest).toMillis() > 0);
    }

    @Test
    void what_is_below_a_millisecond_is_left_out_and_what_is_past_has_a_sign() {
        assertEquals("0s", Durations.text(Duration.ofNanos(999_999)));
        assertEquals("1m3s", Durations.text(Duration.ofSeconds(63, 5)));
        assertEquals("-1m30s", Durations.text(Duration.ofSeconds(-90)));
    }

    @Test
    void what_is_not_a_duration_is_refused_with_examples() {
        for (String text :
                List.of(
                        "",
                        "10",
                        "m",
                        "10 m",
                        " 10m",
                        "10m\n",
                        "-10m",
                        "+10m",
                        "1.5h",
                        "10M",
                        "1w",
                        "10min",
                        "1h30",
                        "1000000000s",
                        "\u0661s",
                        "1m".repeat(21))) {
            assertThrows(WireException.class, () -> Durations.parse(text), text);
        }
        assertEquals(
                "`ten minutes` is not a duration; expected for example 90s, 10m, 2h, 1h30m",
                refusal("ten minutes"));
    }

    @Test
    void a_refusal_does_not_repeat_a_novel() {
        assertTrue(refusal("9".repeat(100_000)).length() < 150);
        assertTrue(refusal("ten\nminutes").startsWith("`ten?minutes`"));
    }

    private static String refusal(String text) {
        return String.valueOf(
                assertThrows(WireException.class, () -> Durations.parse(text)).getMessage());
    }
}
