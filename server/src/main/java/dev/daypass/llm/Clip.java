package dev.daypass.llm;

/// Text of strangers as a model may see it.
final class Clip {
    private Clip() {}

    /// The beginning of a text, on one line and without what a reader would not see.
    static String to(String text, int charsMax) {
        var out = new StringBuilder();
        for (int at = 0; at < text.length() && out.length() < charsMax; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                c = ' ';
            }
            if (visible(c) && out.length() + Character.charCount(c) <= charsMax) {
                out.appendCodePoint(c);
            }
        }
        return out.toString().strip();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
