package dev.daypass.cli.command;

import dev.daypass.wire.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/// Times as people read them.
final class Times {
    private final Instant now;

    Times(InstantSource clock) {
        this.now = clock.instant();
    }

    /// `2026-11-24T10:10:00Z (in 9m12s)`; other text stays as it is.
    String when(String time) {
        try {
            Instant then = Instant.parse(time);
            Duration ahead = Duration.between(now, then);
            return ahead.isNegative()
                    ? "%s (%s ago)".formatted(time, rough(ahead.negated()))
                    : "%s (in %s)".formatted(time, rough(ahead));
        } catch (DateTimeParseException _) {
            return time;
        }
    }

    /// How long from now, or that it is over.
    String left(String time) {
        try {
            Duration ahead = Duration.between(now, Instant.parse(time));
            return ahead.isPositive() ? "in " + rough(ahead) : "over";
        } catch (DateTimeParseException _) {
            return time;
        }
    }

    /// The two largest units.
    static String rough(Duration time) {
        ChronoUnit unit = time.toDays() > 0 ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return Durations.text(time.truncatedTo(time.toHours() > 0 ? unit : ChronoUnit.SECONDS));
    }
}
