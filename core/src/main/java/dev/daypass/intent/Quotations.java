package dev.daypass.intent;

import java.util.List;
import java.util.regex.Pattern;

/// The short quotations of a text: names and titles that it writes out.
final class Quotations {
    private static final Pattern QUOTATION =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}])['\"“‘`]([^'\"“”‘’`\\n]{1,120})['\"”’`](?![\\p{L}\\p{N}])");

    private Quotations() {}

    /// @param words without the marks
    /// @param span with them
    record Quotation(String words, Span span) {}

    static List<Quotation> in(String text) {
        return QUOTATION
                .matcher(text)
                .results()
                .map(found ->
                        new Quotation(found.group(1).strip(), new Span(found.start(), found.end())))
                .toList();
    }
}
