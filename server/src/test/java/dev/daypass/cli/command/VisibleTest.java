package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.wire.Json;
import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void what_a_terminal_would_obey_is_written_as_an_escape() {
        assertEquals("\\u001b[2Jgone", Visible.of("\u001b[2Jgone"));
        assertEquals("\\u009b31m", Visible.of("\u009b31m"));
        assertEquals("a\\nb\\tc\\r", Visible.of("a\nb\tc\r"));
        assertEquals("bell\\u0007 del\\u007f", Visible.of("bell\u0007 del\u007f"));
    }

    @Test
    void what_hides_or_turns_the_writing_is_written_as_an_escape() {
        assertEquals("\\u202eevil", Visible.of("\u202eevil"));
        assertEquals("zero\\u200bwidth", Visible.of("zero\u200bwidth"));
        assertEquals("\\udb40\\udc41", Visible.of(Character.toString(0xE0041)));
        assertEquals("lone\\ud800", Visible.of("lone\ud800"));
    }

    @Test
    void ordinary_text_of_any_language_stays() {
        String text = "Flug nach Zürich für 40 € — 東京 🙂";

        assertEquals(text, Visible.of(text));
    }

    @Test
    void json_keeps_its_value_and_shows_no_control_character() {
        Check.forAll(random -> {
            var text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                int c = random.nextInt(0x3000);
                text.appendCodePoint(Character.isSurrogate((char) c) ? 'x' : c);
            }
            Json value = Json.object().put("text", text.toString()).build();

            String shown = Visible.json(value.text());

            assertEquals(value, Json.parse(shown));
            assertTrue(shown.chars().noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0)));
        });
    }

    @Test
    void clipped_text_ends_in_an_ellipsis_and_cuts_no_character_in_two() {
        assertEquals("abcd", Visible.clipped("abcd", 4));
        assertEquals("abc…", Visible.clipped("abcde", 4));
        assertEquals("🙂🙂…", Visible.clipped("🙂🙂🙂🙂", 3));
    }
}
