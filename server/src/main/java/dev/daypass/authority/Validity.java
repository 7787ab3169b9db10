package dev.daypass.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// From when until when a certificate holds, in whole seconds (RFC 5280, section 4.1.2.5).
///
/// @param from a minute before it was issued, for clocks that lag
/// @param until its last second
record Validity(Instant from, Instant until) {
    private static final Duration LAG = Duration.ofMinutes(1);

    static Validity starting(Instant now, Duration life) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new Validity(second.minus(LAG), second.plus(life));
    }

    Validity endingBy(Instant latest) {
        return until.isAfter(latest) ? new Validity(from, latest) : this;
    }
}
