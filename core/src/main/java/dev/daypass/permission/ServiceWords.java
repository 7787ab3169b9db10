package dev.daypass.permission;

import dev.daypass.wire.Shown;

/// What a service says of itself, for a language model to read: marked as the service's words, in
/// quotes that they cannot end, without characters that nobody sees.
final class ServiceWords {
    private ServiceWords() {}

    /// ` The service says: "…"`; empty where it says nothing.
    static String quoted(String text, int charsMax) {
        String plain = plain(text, charsMax);
        return plain.isEmpty() ? "" : " The service says: \"%s\"".formatted(plain);
    }

    static String plain(String text, int charsMax) {
        var out = new StringBuilder();
        text.codePoints()
                .map(c -> c == '"' || c == '“' || c == '”' ? '\'' : c)
                .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
                .filter(Shown::printable)
                .forEach(c -> {
                    if (out.length() + Character.charCount(c) <= charsMax) {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString().strip();
    }
}
