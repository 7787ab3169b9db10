package dev.daypass.config;

import dev.daypass.wire.Durations;
import dev.daypass.wire.WireException;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One kind of value: how it is read from text and written, and which values are permitted.
///
/// @param expected what is permitted, with its range and unit, as errors and the reference say it
/// @param reader text to value
/// @param permitted whether a value is in range
/// @param writer value to the text that reads as it
/// @param shows whether an error may show the text that is refused
/// @param <T> the value's type
record Kind<T>(
        String expected,
        Reader<T> reader,
        Predicate<T> permitted,
        Function<T, String> writer,
        boolean shows) {
    static final Kind<Boolean> FLAG =
            new Kind<>("true or false", Kind::flagOrNull, _ -> true, String::valueOf);

    static final Kind<Path> PATH =
            new Kind<>(
                    "a path", Kind::pathOrNull, path -> !path.toString().isEmpty(), Path::toString);

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}(?:\\.[0-9]{1,6})?");
    private static final int SHOWN_CHARS_MAX = 80;

    Kind(String expected, Reader<T> reader, Predicate<T> permitted, Function<T, String> writer) {
        this(expected, reader, permitted, writer, true);
    }

    /// The same, for text that may hold a secret by mistake.
    Kind<T> unshown() {
        return new Kind<>(expected, reader, permitted, writer, false);
    }

    /// Text to a value, or to `null` where the text has not the right shape.
    ///
    /// @param <T> the value's type
    @FunctionalInterface
    interface Reader<T> {
        @Nullable T read(String text);
    }

    static Kind<String> text(String expected, Predicate<String> permitted) {
        return new Kind<>(expected, text -> text, permitted, text -> text);
    }

    static Kind<Integer> port() {
        return whole("a port from 0 to 65535", 0, 65_535);
    }

    static Kind<Integer> count(int min, int max, String unit) {
        return whole("a whole number of %s from %d to %d".formatted(unit, min, max), min, max);
    }

    static Kind<Long> bytes(long min, long max) {
        return new Kind<>(
                "a whole number of bytes from %d to %d".formatted(min, max),
                Kind::wholeOrNull,
                value -> value >= min && value <= max,
                String::valueOf);
    }

    /// @param min smallest, exact in six decimal places
    static Kind<Double> rate(double min, double max, String unit) {
        return new Kind<>(
                "a number of %s from %s to %s".formatted(unit, plain(min), plain(max)),
                text -> DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null,
                value -> value >= min && value <= max,
                Kind::plain);
    }

    static Kind<Duration> duration(Duration min, Duration max) {
        return new Kind<>(
                "a duration from %s to %s".formatted(Durations.text(min), Durations.text(max)),
                Kind::durationOrNull,
                value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                Durations::text);
    }

    /// The value, or `null` where the text is not one that is permitted.
    @Nullable T parse(String text) {
        T value = reader.read(text);
        return value != null && permitted.test(value) ? value : null;
    }

    /// @throws InvalidConfig naming `key` if `value` is not permitted
    void require(String key, T value) {
        if (!permitted.test(value)) {
            throw InvalidConfig.value(key, refusal(writer.apply(value)));
        }
    }

    /// What is wrong with `text`, and what was expected.
    String refusal(String text) {
        if (!shows && !text.isEmpty()) {
            return "is not shown here; expected " + expected;
        }
        return text.isEmpty()
                ? "is empty; expected " + expected
                : "is `%s`; expected %s".formatted(shown(text), expected);
    }

    private static Kind<Integer> whole(String expected, int min, int max) {
        return new Kind<>(
                expected,
                text -> {
                    Long value = wholeOrNull(text);
                    return value == null || value != value.intValue() ? null : value.intValue();
                },
                value -> value >= min && value <= max,
                String::valueOf);
    }

    private static @Nullable Long wholeOrNull(String text) {
        return WHOLE.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    private static @Nullable Boolean flagOrNull(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Duration durationOrNull(String text) {
        try {
            return Durations.parse(text);
        } catch (WireException _) {
            return null;
        }
    }

    private static @Nullable Path pathOrNull(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN_CHARS_MAX
                ? printable
                : printable.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
