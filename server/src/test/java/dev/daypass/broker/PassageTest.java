package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.intent.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose words they are that justify a widening.
class PassageTest {
    private static final Passage SAID_BY_ALL =
            new Passage(
                    List.of(
                            new Passage.Part("task", "book it"),
                            new Passage.Part("reason", "book it"),
                            new Passage.Part("source", "book it")));

    @Test
    void words_that_all_say_come_from_whom_the_span_says() {
        assertEquals("book it\nbook it\nbook it", SAID_BY_ALL.text());

        assertEquals("task", SAID_BY_ALL.from(new Span(0, 7)));
        assertEquals("reason", SAID_BY_ALL.from(new Span(8, 15)));
        assertEquals("source", SAID_BY_ALL.from(new Span(16, 23)));
    }

    @Test
    void words_that_span_two_parts_come_from_both() {
        assertEquals("task, reason", SAID_BY_ALL.from(new Span(5, 9)));
        assertEquals("reason", SAID_BY_ALL.from(new Span(7, 9)));
    }
}
