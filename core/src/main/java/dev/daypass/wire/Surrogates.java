package dev.daypass.wire;

/// Halves of UTF-16 pairs that stand alone: Java's strings can hold them, UTF-8 cannot.
final class Surrogates {
    private Surrogates() {}

    static boolean loneIn(String text) {
        return firstLone(text) >= 0;
    }

    /// The index of the first lone surrogate, or -1.
    static int firstLone(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
