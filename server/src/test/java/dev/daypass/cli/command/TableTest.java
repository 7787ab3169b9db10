package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        var table = new Table("NAME", "X", "TASK").row("a", "yes", "t").row("longer", "", "");

        assertEquals(
                """
                NAME    X    TASK
                a       yes  t
                longer\
                """,
                String.join("\n", table.lines()));
    }

    @Test
    void a_row_cannot_break_out_of_its_line() {
        var table = new Table("A", "B").row("x\ny", "\u001b[31mred");

        assertEquals(List.of("A     B", "x\\ny  \\u001b[31mred"), table.lines());
    }

    @Test
    void no_rows_are_said_in_words() {
        assertEquals(List.of("none"), new Table("A").linesOr("none"));
    }

    @Test
    void a_row_of_another_width_is_a_bug() {
        var table = new Table("A", "B");

        assertThrows(IllegalArgumentException.class, () -> table.row("x"));
    }
}
