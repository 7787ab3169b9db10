package dev.daypass.catalog;

/// A document's words, made fit to be kept and shown: no control characters, no lone surrogates, no
/// runs of white space, and not too long.
final class PlainText {
    private PlainText() {}

    static String clip(String text, int charsMax) {
        var out = new StringBuilder(Math.min(text.length(), charsMax));
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c <= 0x20 || Character.isISOControl(c) || Character.isWhitespace(c)) {
                gap = out.length() > 0;
                continue;
            }
            int shown = lone(c) ? '?' : c;
            if (out.length() + (gap ? 1 : 0) + Character.charCount(shown) > charsMax) {
                break;
            }
            if (gap) {
                out.append(' ');
                gap = false;
            }
            out.appendCodePoint(shown);
        }
        return out.toString();
    }

    /// Whether a name or value can be kept as it is: not empty, not too long, nothing invisible
    /// that ends a line or a terminal's patience.
    static boolean exact(String text, int charsMax) {
        return !text.isEmpty()
                && text.length() <= charsMax
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || lone(c));
    }

    private static boolean lone(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
