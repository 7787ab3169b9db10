package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Who gets a Ctrl-C from the terminal already.
class TerminalTest {
    @Test
    void a_process_of_the_foreground_group_does() {
        assertTrue(Terminal.inForeground("7 (java) S 1 7 7 34816 7 4194560 0 0"));
        assertTrue(Terminal.inForeground("7 (odd ) (name) S 1 7 7 34816 7 4194560 0 0"));
    }

    @Test
    void one_without_a_terminal_in_the_background_or_unknown_does_not() {
        assertFalse(Terminal.inForeground("7 (java) S 1 7 7 0 -1 4194560 0 0"));
        assertFalse(Terminal.inForeground("7 (java) S 1 7 7 34816 9 4194560 0 0"));
        assertFalse(Terminal.inForeground(""));
        assertFalse(Terminal.inForeground("7 (java) S"));
    }
}
