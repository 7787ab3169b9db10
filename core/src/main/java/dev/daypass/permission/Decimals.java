package dev.daypass.permission;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decimal numbers as every reader takes them alike: digits and at most one point. No plus, no
/// exponent, no zero in front that could mean octal.
final class Decimals {
    static final int WHOLE_DIGITS_MAX = 30;
    static final int FRACTION_DIGITS_MAX = 20;

    private static final Pattern PLAIN =
            Pattern.compile(
                    "(0|[1-9][0-9]{0,%d})(\\.[0-9]{1,%d})?"
                            .formatted(WHOLE_DIGITS_MAX - 1, FRACTION_DIGITS_MAX));
    private static final Pattern CANONICAL_NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");

    /// The greatest that is a plain decimal.
    static final BigDecimal GREATEST =
            new BigDecimal("9".repeat(WHOLE_DIGITS_MAX) + "." + "9".repeat(FRACTION_DIGITS_MAX));

    private Decimals() {}

    /// The number, at least 0, or `null` where the text is not a plain decimal.
    static @Nullable BigDecimal plain(String text) {
        return PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /// As [#plain(String)], and also with a minus before what is not 0.
    static @Nullable BigDecimal signed(String text) {
        if (!text.startsWith("-")) {
            return plain(text);
        }
        BigDecimal positive = plain(text.substring(1));
        return positive == null || positive.signum() == 0 ? null : positive.negate();
    }

    /// Whether a JSON number is written in the one way that has no exponent, no zero behind the
    /// last digit of its fraction, and no minus before 0.
    static boolean canonical(String literal) {
        return CANONICAL_NUMBER.matcher(literal).matches() && !literal.equals("-0");
    }

    /// The one way in which a number is written here.
    static BigDecimal normal(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
