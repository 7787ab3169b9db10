package dev.daypass.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.daypass.permission.Trait;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// Checks the literals of conditions when a file is read, and keeps those that are dear to read
/// again: ranges and regular expressions. Every method throws [IllegalArgumentException] with the
/// reason where a literal can never be right.
final class Literals {
    /// Size of a compiled regular expression, in instructions of RE2.
    static final int REGEX_INSTRUCTIONS_MAX = 256;

    private static final String DURATION =
            "[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+)";
    private static final String OFFSET = "[-+]?[0-9]{1,2}:[0-9]{2}";

    private final Map<String, IpRange> ranges = new HashMap<>();
    private final Map<String, Pattern> patterns = new HashMap<>();

    void range(String text) {
        ranges.put(text, IpRange.parse(text));
    }

    void pattern(String text) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "`%s` is not a regular expression of RE2: %s"
                            .formatted(text, e.getDescription()),
                    e);
        }
        if (pattern.programSize() > REGEX_INSTRUCTIONS_MAX) {
            throw new IllegalArgumentException(
                    "regular expression of %d instructions; at most %d"
                            .formatted(pattern.programSize(), REGEX_INSTRUCTIONS_MAX));
        }
        patterns.put(text, pattern);
    }

    static void duration(String text) {
        if (!text.matches(DURATION)) {
            throw new IllegalArgumentException(
                    "`%s` is not a duration; expected for example 90s, 15m, 1h30m; units: h, m, s, ms, us, ns"
                            .formatted(text));
        }
    }

    static void timestamp(String text) {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "`%s` is not a timestamp; expected for example 2026-11-24T10:00:00Z"
                            .formatted(text),
                    e);
        }
    }

    static void zone(String text) {
        if (text.matches(OFFSET)) {
            return;
        }
        try {
            ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "`%s` is not a time zone; expected for example UTC, Europe/Berlin or +01:00"
                            .formatted(text),
                    e);
        }
    }

    static void trait(String text) {
        Trait.of(text);
    }

    Map<String, IpRange> ranges() {
        return Map.copyOf(ranges);
    }

    Map<String, Pattern> patterns() {
        return Map.copyOf(patterns);
    }
}
