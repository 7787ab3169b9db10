package dev.daypass.intent;

/// Characters `start` (inclusive) to `end` (exclusive) of a task's text.
///
/// @param start 0 or more
/// @param end more than `start`
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span %d to %d".formatted(start, end));
        }
    }

    Span and(Span other) {
        return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }
}
