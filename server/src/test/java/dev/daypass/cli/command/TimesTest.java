package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TimesTest {
    private final Times times = new Times(InstantSource.fixed(Run.NOW));

    @Test
    void a_time_is_told_with_its_distance() {
        assertEquals("2026-11-24T10:09:12Z (in 9m12s)", times.when("2026-11-24T10:09:12Z"));
        assertEquals("2026-11-24T09:59:30Z (30s ago)", times.when("2026-11-24T09:59:30Z"));
        assertEquals("2026-11-24T10:00:00Z (in 0s)", times.when("2026-11-24T10:00:00Z"));
    }

    @Test
    void what_is_left_is_told_until_it_is_over() {
        assertEquals("in 1s", times.left("2026-11-24T10:00:01Z"));
        assertEquals("over", times.left("2026-11-24T10:00:00Z"));
    }

    @Test
    void far_times_are_told_roughly() {
        assertEquals("6d23h", Times.rough(Duration.ofDays(7).minusSeconds(1)));
        assertEquals("1h59m", Times.rough(Duration.ofHours(2).minusSeconds(1)));
        assertEquals("59m59s", Times.rough(Duration.ofHours(1).minusSeconds(1)));
    }

    @Test
    void what_is_no_time_stays_as_it_is() {
        assertEquals("soon", times.when("soon"));
        assertEquals("soon", times.left("soon"));
    }
}
