package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is typed at a real terminal while a program runs under `daypass run`. Everything that is
/// printed comes from that terminal.
class RunTerminalTest extends WithRuns {
    private static final String CTRL_C = "\\x03";
    private static final String CTRL_BACKSLASH = "\\x1c";

    private RunProcess at(String script) {
        return start(
                RunProcess.Wrapper.AT_TERMINAL,
                Map.of(),
                "--task",
                Lab.ALL,
                LONG,
                "--",
                "sh",
                "-c",
                script);
    }

    /// What is printed next that begins so.
    private static String next(RunProcess process, String beginning) {
        String line = process.line();
        while (!line.startsWith(beginning) && !line.equals("null")) {
            line = process.line();
        }
        return line;
    }

    private static String account(RunProcess process) {
        return next(process, "acc_");
    }

    private static final String TELL =
            "curl -s \"$DAYPASS_URL\" | sed 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/'; echo; ";

    @Test
    void the_first_ctrl_c_is_the_programs_affair_and_so_is_the_second() {
        RunProcess process =
                at(
                        "n=0; trap 'n=$((n+1)); echo \"got $n\"; [ $n = 2 ] && exit 9' INT; "
                                + TELL
                                + "while :; do sleep 0.1; done");
        String id = account(process);

        process.say(CTRL_C);
        assertEquals("got 1", next(process, "got"));
        process.say(CTRL_C);

        assertEquals("got 2", next(process, "got"));
        assertEquals(9, process.status());
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void ctrl_c_ends_a_program_that_does_not_mind_it_and_the_account() {
        RunProcess process = at(TELL + "exec sleep 600");
        String id = account(process);

        process.say(CTRL_C);

        assertEquals(128 + 2, process.status());
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void ctrl_backslash_ends_a_program_that_ignores_ctrl_c_and_the_account() {
        RunProcess process = at("trap '' INT; ulimit -c 0; " + TELL + "exec sleep 600");
        String id = account(process);

        process.say(CTRL_C);
        process.say(CTRL_BACKSLASH);

        assertEquals(128 + 3, process.status());
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void a_terminal_that_is_closed_hangs_up_on_the_program_and_the_account_ends() {
        Path told = directory.resolve("told");
        RunProcess process =
                at(
                        "trap 'echo > %s; exit 7' HUP; ".formatted(told)
                                + TELL
                                + "while :; do sleep 0.1; done");
        String id = account(process);

        process.say("hang up");

        assertEquals(7, process.status());
        assertTrue(Files.exists(told));
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void ctrl_c_while_a_human_is_awaited_leaves_nothing_waiting() {
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true'}\n");
        try {
            RunProcess process = at("echo never");
            String line = process.line();
            while (!line.contains("acc_")) {
                line = process.line();
            }
            String id = line.substring(line.indexOf("acc_"), line.indexOf("acc_") + 30);

            process.say(CTRL_C);

            assertEquals(128 + 2, process.status());
            assertTrue(here.state(id).startsWith("ended"), here.state(id));
        } finally {
            here.rules("rules: []\n");
        }
    }
}
