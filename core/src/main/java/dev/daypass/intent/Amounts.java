package dev.daypass.intent;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads amounts of money as people write them: `$1,500`, `92 euros`, `2.5k`.
final class Amounts {
    private static final Pattern NUMBER = Pattern.compile("(\\d[\\d,]*(?:\\.\\d+)?)([km]?)");
    private static final int DIGITS_MAX = 18;

    private Amounts() {}

    /// The largest of some amounts: a task that names several may mean each of them.
    static Optional<BigDecimal> most(List<String> written) {
        return written.stream()
                .flatMap(text -> amount(text).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<BigDecimal> amount(String text) {
        Matcher found = NUMBER.matcher(text.toLowerCase(java.util.Locale.ROOT));
        if (!found.find() || found.group(1).length() > DIGITS_MAX) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(found.group(1).replace(",", ""));
        return Optional.of(
                switch (found.group(2)) {
                    case "k" -> number.multiply(BigDecimal.valueOf(1_000));
                    case "m" -> number.multiply(BigDecimal.valueOf(1_000_000));
                    default -> number;
                });
    }
}
