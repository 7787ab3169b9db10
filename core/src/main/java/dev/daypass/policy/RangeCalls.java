package dev.daypass.policy;

/// Lets a condition say `request.ip.in([…])`, although `in` is a reserved word of CEL that its
/// grammar refuses as the name of a member. The word becomes an internal name of the same length
/// (and back: the internal name is no name that a condition may use), so that positions stay right.
final class RangeCalls {
    /// What the member function is called inside.
    static final String NAME = "iN";

    private static final String WORD = "in";

    private final String text;
    private final StringBuilder out;
    private int next;
    private char before = ' ';

    private RangeCalls(String text) {
        this.text = text;
        this.out = new StringBuilder(text);
    }

    /// Leaves string literals and comments as they are.
    static String rewrite(String text) {
        var calls = new RangeCalls(text);
        while (calls.next < text.length()) {
            calls.step();
        }
        return calls.out.toString();
    }

    private void step() {
        char c = text.charAt(next);
        if (text.startsWith("//", next)) {
            next = lineEnd(next);
        } else if (c == '"' || c == '\'') {
            string(false);
        } else if (wordPart(c)) {
            word();
        } else {
            before = Character.isWhitespace(c) ? before : c;
            next++;
        }
    }

    private void word() {
        int start = next;
        while (next < text.length() && wordPart(text.charAt(next))) {
            next++;
        }
        String word = text.substring(start, next);
        boolean quote = next < text.length() && "\"'".indexOf(text.charAt(next)) >= 0;
        if (quote && word.length() <= 2 && word.matches("[bB]?[rR]|[rR][bB]")) {
            string(true);
        } else if (before == '.' && called()) {
            out.replace(start, next, swapped(word));
        }
        before = 'w';
    }

    private static String swapped(String word) {
        return switch (word) {
            case WORD -> NAME;
            case NAME -> WORD;
            default -> word;
        };
    }

    private boolean called() {
        int at = next;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '(';
    }

    private void string(boolean raw) {
        String quote = text.substring(next, next + 1);
        String close = text.startsWith(quote.repeat(3), next) ? quote.repeat(3) : quote;
        int limit = close.length() == 3 ? text.length() : lineEnd(next);
        next += close.length();
        while (next < limit && !text.startsWith(close, next)) {
            next += !raw && text.charAt(next) == '\\' ? 2 : 1;
        }
        next = next < limit ? next + close.length() : Math.min(next, text.length());
        before = 's';
    }

    private int lineEnd(int from) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                return at;
            }
        }
        return text.length();
    }

    private static boolean wordPart(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
