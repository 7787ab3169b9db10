package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `daypass run` on the few jars that it is started with: everything that a plain run can come to
/// is among them, and what is not plain finds all others.
class RunPreparedTest extends WithRuns {
    private RunProcess prepared(String task, String script, String... options) {
        var words = new ArrayList<>(List.of("--task", task, LONG));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", script));
        return start(RunProcess.Wrapper.PREPARED, Map.of(), words.toArray(String[]::new));
    }

    private static void nothingMissing(RunProcess process) {
        assertFalse(process.said().contains("NoClassDefFoundError"), process.said());
        assertFalse(process.said().contains("Exception"), process.said());
    }

    @Test
    void a_program_calls_and_ends_and_the_status_is_its_own() {
        RunProcess process =
                prepared(
                        Lab.ALL,
                        "curl -s \"$DAYPASS_URL\"; echo; curl -s -o /dev/null -w '%{http_code}\\n' \"$LAB_URL/a\"; exit 7");
        String id = id(process);

        assertEquals("200", process.line());
        assertEquals(7, process.status(), process.said());
        assertEquals("ended completed", here.state(id));
        nothingMissing(process);
    }

    @Test
    void a_program_opens_an_account_below_the_runs() {
        RunProcess process =
                prepared(
                        Lab.ALL,
                        "curl -s -H 'Content-Type: application/json' -d '{\"task\":\"%s\"}' \"$DAYPASS_URL/.api/v1/accounts\"; echo"
                                .formatted(Lab.READ));

        assertTrue(id(process).startsWith("acc_"));
        assertEquals(0, process.status(), process.said());
        nothingMissing(process);
    }

    @Test
    void a_task_that_nothing_is_granted_for_is_refused_in_words() {
        RunProcess process = prepared("sing a song", "true");

        assertEquals(1, process.status(), process.said());
        assertTrue(process.said().contains("LEFT OUT"), process.said());
        nothingMissing(process);
    }

    @Test
    void who_has_to_agree_is_told_and_a_no_starts_nothing() {
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true'}\n");
        try {
            RunProcess process = prepared(Lab.ALL, "true");
            Await.until("it says so", () -> process.said().contains("waiting …"));
            int at = process.said().indexOf("acc_");
            String id = process.said().substring(at, at + 30);

            here.operator().send("POST", "/v1/accounts/%s/deny".formatted(id), null);

            assertEquals(1, process.status(), process.said());
            nothingMissing(process);
        } finally {
            here.rules("rules: []\n");
        }
    }

    @Test
    void no_server_no_program_and_a_wrong_option_are_told_as_by_every_command() {
        RunProcess nowhere = prepared(Lab.ALL, "true", "--server", "https://localhost:9");
        RunProcess nothing =
                start(
                        RunProcess.Wrapper.PREPARED,
                        Map.of(),
                        "--task",
                        Lab.ALL,
                        LONG,
                        "--",
                        "no-such-program");
        RunProcess wrong = prepared(Lab.ALL, "true", "--colour", "red");

        assertEquals(4, nowhere.status(), nowhere.said());
        assertEquals(127, nothing.status(), nothing.said());
        assertEquals(2, wrong.status(), wrong.said());
        assertTrue(wrong.said().contains("--colour"), wrong.said());
        for (RunProcess process : List.of(nowhere, nothing, wrong)) {
            nothingMissing(process);
        }
    }
}
