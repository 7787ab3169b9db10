package dev.daypass.intent;

/// What an agent says it will do, in natural language.
///
/// @param text 1 to {@value #CHARS_MAX} characters, visible ones and plain white space only
public record Task(String text) {
    public static final int CHARS_MAX = 4_096;

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
        text.codePoints()
                .filter(Task::hidden)
                .findFirst()
                .ifPresent(c -> {
                    throw new InvalidTask(
                            "task holds the invisible or unassigned character U+%04X".formatted(c));
                });
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
            default -> (c >= 0xFE00 && c <= 0xFE0F) || c == 0x3164 || c == 0x115F || c == 0x1160;
        };
    }
}
