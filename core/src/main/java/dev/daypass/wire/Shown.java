package dev.daypass.wire;

/// Text from outside as it may be shown.
public final class Shown {
    private Shown() {}

    /// As it may stand in an error: one line, printable, not endless.
    static String clipped(String text, int charsMax) {
        var out = new StringBuilder();
        text.codePoints().limit(charsMax).forEach(c -> out.appendCodePoint(printable(c) ? c : '?'));
        return text.codePointCount(0, text.length()) <= charsMax
                ? out.toString()
                : out.append('…').toString();
    }

    /// Whether a terminal shows a character for what it is: nothing that moves the cursor, turns
    /// the writing direction or hides.
    public static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
