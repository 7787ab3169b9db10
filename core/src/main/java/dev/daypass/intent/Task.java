package dev.daypass.intent;

/// What an agent says it will do, in natural language.
///
/// @param text 1 to {@value #CHARS_MAX} characters, visible ones and plain white space only; and
///   what makes one emoji of several characters, where it does so: the variation selector U+FE0F
///   directly after an emoji, U+200D between two
public record Task(String text) {
    public static final int CHARS_MAX = 4_096;

    // Letters, marks and symbols that show nothing (Unicode's Default_Ignorable_Code_Point, and the
    // empty Braille pattern).
    private static final String BLANK =
            "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0";

    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int JOINER = 0x200D;
    private static final int KEYCAP = 0x20E3;

    /// @throws InvalidTask if the text is empty, too long, or holds characters that a reader would
    ///   not see
    public Task {
        if (text.isBlank()) {
            throw new InvalidTask("task is empty; say what the agent is about to do");
        }
        if (text.length() > CHARS_MAX) {
            throw new InvalidTask(
                    "task of %d characters is too long; permitted: %d"
                            .formatted(text.length(), CHARS_MAX));
        }
        int before = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            int after = at < text.length() ? text.codePointAt(at) : 0;
            if (hidden(c) && !partOfEmoji(before, c, after)) {
                throw new InvalidTask(
                        "task holds the invisible or unassigned character U+%04X".formatted(c));
            }
            before = c;
        }
    }

    // Unicode Technical Standard 51, sections 1.4.3 to 1.4.5: presentation, keycap and joined
    // sequences. What stands before a joiner may be an emoji with its style or skin tone.
    private static boolean partOfEmoji(int before, int c, int after) {
        return switch (c) {
            case EMOJI_STYLE -> picture(before) || (Character.isEmoji(before) && after == KEYCAP);
            case JOINER -> (picture(before) || before == EMOJI_STYLE) && picture(after);
            default -> false;
        };
    }

    // Unicode counts digits, `#` and `*` among emoji; alone they are none.
    private static boolean picture(int c) {
        return c > 0x7F && Character.isEmoji(c);
    }

    /// The words of a span.
    public String words(Span span) {
        return text.substring(span.start(), span.end());
    }

    private static boolean hidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\r' && c != '\t';
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    true;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                    BLANK.indexOf(c) >= 0
                            || between(c, 0xFE00, 0xFE0F)
                            || between(c, 0xE0100, 0xE01EF);
        };
    }

    private static boolean between(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
