package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;

/// One word of a text, with the form in which words are compared.
///
/// @param stem lower case, without the endings of plural and tense
/// @param text as written
/// @param span where it stands
record Word(String stem, String text, Span span) {
    /// The words of a text: runs of letters and digits, with `-`, `_` and `.` inside identifiers
    /// kept together.
    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            if (!Character.isLetterOrDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && inside(text, end)) {
                end++;
            }
            String word = text.substring(at, end);
            words.add(new Word(stem(word), word, new Span(at, end)));
            at = end;
        }
        return words;
    }

    private static boolean inside(String text, int at) {
        char c = text.charAt(at);
        if (Character.isLetterOrDigit(c)) {
            return true;
        }
        return (c == '-' || c == '_' || c == '.')
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    /// Whether this names one particular thing: a number, or letters and digits together.
    boolean identifies() {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            digits += Character.isDigit(c) ? 1 : 0;
        }
        return digits > 0 && (text.length() >= 3 || digits == text.length());
    }

    static String stem(String word) {
        return Stem.of(word);
    }
}
