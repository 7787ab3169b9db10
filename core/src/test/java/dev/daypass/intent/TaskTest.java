package dev.daypass.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskTest {
    /// Every code point that Unicode says to show nothing for (Default_Ignorable_Code_Point).
    private static final int[][] IGNORABLE = {
        {0xAD, 0xAD},
        {0x34F, 0x34F},
        {0x61C, 0x61C},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x206F},
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8},
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF}
    };

    @Test
    void what_people_write_is_taken_as_it_is() {
        for (String text :
                List.of(
                        "find the cheapest flight from New York to London",
                        "suche den günstigsten Flug",
                        "najdi nejlevnější let",
                        "最便宜的航班",
                        "أرخص رحلة",
                        "two lines\r\n\tand a tab",
                        "😀",
                        "-",
                        "x".repeat(Task.CHARS_MAX))) {
            assertEquals(text, new Task(text).text());
        }
    }

    @Test
    void an_empty_task_is_refused() {
        for (String text : List.of("", " ", "\n\t", "\u3000")) {
            InvalidTask refusal = assertThrows(InvalidTask.class, () -> new Task(text));

            assertEquals("task is empty; say what the agent is about to do", refusal.getMessage());
        }
    }

    @Test
    void a_task_one_character_too_long_is_refused_with_both_numbers() {
        InvalidTask refusal =
                assertThrows(InvalidTask.class, () -> new Task("x".repeat(Task.CHARS_MAX + 1)));

        assertEquals("task of 4097 characters is too long; permitted: 4096", refusal.getMessage());
    }

    @Test
    void characters_that_show_nothing_are_refused_wherever_they_stand() {
        for (int[] range : IGNORABLE) {
            IntStream.rangeClosed(range[0], range[1]).forEach(TaskTest::assertHidden);
        }
    }

    @Test
    void controls_separators_private_and_unassigned_characters_and_halves_are_refused() {
        IntStream.of(
                        0x0, 0x7, 0x8, 0xB, 0xC, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x2028, 0x2029,
                        0x2800, 0x378, 0xE000, 0xF8FF, 0xFFFE, 0xFFFF, 0xF0000, 0x10FFFF, 0xD800,
                        0xDFFF)
                .forEach(TaskTest::assertHidden);
    }

    @Test
    void what_makes_one_emoji_of_several_characters_is_taken() {
        for (String text :
                List.of(
                        "say I \u2764\uFE0F it",
                        "\u2708\uFE0F",
                        "🗑\uFE0F the draft",
                        "\u00A9\uFE0F",
                        "1\uFE0F\u20E3 find a flight",
                        "#\uFE0F\u20E3",
                        "👨\u200D👩\u200D👧 trip",
                        "🕵\uFE0F\u200D\u2640\uFE0F",
                        "👩🏽\u200D💻 help",
                        "🏳\uFE0F\u200D🌈")) {
            assertEquals(text, new Task(text).text());
        }
    }

    @Test
    void it_is_refused_where_it_makes_no_emoji() {
        for (String text :
                List.of(
                        "find\uFE0F",
                        "é\uFE0F",
                        "1\uFE0F000",
                        "#\uFE0F",
                        " \uFE0F",
                        "😀 \uFE0F",
                        "😀\uFE0F\uFE0F",
                        "\u2764\uFE0E",
                        "\u2764\uFE00",
                        "\u200D😀",
                        "😀\u200D",
                        "😀\u200Dx",
                        "x\u200D😀",
                        "x\uFE0F\u200D😀",
                        "1\u200D2",
                        "😀\u200D\u200D😀",
                        "😀\u200D\uFE0F😀",
                        "🏴\uDB40\uDC67\uDB40\uDC7F")) {
            assertThrows(
                    InvalidTask.class,
                    () -> new Task(text),
                    () -> text.codePoints().mapToObj("U+%04X "::formatted).toList() + " was taken");
        }
    }

    private static void assertHidden(int c) {
        String hidden = Character.toString(c);
        for (String text : List.of("find" + hidden + " offers", hidden + "find", "find" + hidden)) {
            InvalidTask refusal =
                    assertThrows(
                            InvalidTask.class,
                            () -> new Task(text),
                            () -> "U+%04X was taken".formatted(c));
            assertTrue(
                    String.valueOf(refusal.getMessage()).endsWith("U+%04X".formatted(c)),
                    refusal::getMessage);
        }
    }
}
