package dev.daypass.wire;

/// Text from outside as it may stand in an error: one line, printable, not endless.
final class Shown {
    private Shown() {}

    static String clipped(String text, int charsMax) {
        var out = new StringBuilder();
        text.codePoints().limit(charsMax).forEach(c -> out.appendCodePoint(printable(c) ? c : '?'));
        return text.codePointCount(0, text.length()) <= charsMax
                ? out.toString()
                : out.append('…').toString();
    }

    private static boolean printable(int c) {
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
