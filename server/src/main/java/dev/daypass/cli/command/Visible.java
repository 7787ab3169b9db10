package dev.daypass.cli.command;

import dev.daypass.wire.Shown;

/// Text from elsewhere as a terminal may see it: what would move the cursor, change colours, turn
/// the writing direction or hide is written as an escape instead.
final class Visible {
    private Visible() {}

    /// On one line: line breaks are escaped too.
    static String of(String text) {
        if (text.codePoints().allMatch(Shown::printable)) {
            return text;
        }
        var out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> out.append("\\n");
                        case '\r' -> out.append("\\r");
                        case '\t' -> out.append("\\t");
                        default -> append(out, c);
                    }
                });
        return out.toString();
    }

    /// JSON with the same value, in which every such character is written as JSON's own escape.
    static String json(String json) {
        if (json.codePoints().allMatch(Shown::printable)) {
            return json;
        }
        var out = new StringBuilder();
        json.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /// At most so many characters, the last an ellipsis where something was cut off.
    static String clipped(String text, int charsMax) {
        String visible = of(text);
        if (visible.codePointCount(0, visible.length()) <= charsMax) {
            return visible;
        }
        return visible.substring(0, visible.offsetByCodePoints(0, charsMax - 1)) + "…";
    }

    private static void append(StringBuilder out, int c) {
        if (Shown.printable(c)) {
            out.appendCodePoint(c);
        } else {
            for (char unit : Character.toChars(c)) {
                out.append("\\u%04x".formatted((int) unit));
            }
        }
    }
}
