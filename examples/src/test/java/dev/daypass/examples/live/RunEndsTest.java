package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a program or its wrapper ends, the account ends with it, and the exit status says how.
class RunEndsTest extends WithRuns {
    @Test
    void an_account_ends_when_the_run_is_killed_and_no_other_does() {
        RunProcess other = run("curl -s \"$DAYPASS_URL\"; echo; read line", LONG);
        RunProcess killed = run("curl -s \"$DAYPASS_URL\"; echo; exec sleep 600", "--lease=2s");
        String lives = id(other);
        String dies = id(killed);
        List<ProcessHandle> left =
                ProcessHandle.of(killed.pid()).orElseThrow().descendants().toList();

        killed.kill();

        Await.until("the account ends", () -> here.state(dies).equals("ended lapsed"));
        assertEquals(AccountState.ACTIVE.word(), here.state(lives));
        left.forEach(ProcessHandle::destroyForcibly);
        other.say("");
        assertEquals(0, other.status());
    }

    @Test
    void a_signal_goes_on_to_the_program_and_its_answer_comes_back() {
        RunProcess process =
                run(
                        "trap 'echo told; exit 42' TERM; curl -s \"$DAYPASS_URL\"; echo; sleep 600 > /dev/null & wait $!",
                        LONG);
        String id = id(process);

        process.terminate();

        assertEquals("told", process.line());
        assertEquals(42, process.status(), process.said());
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void a_program_that_a_signal_ended_is_told_as_shells_tell_it() {
        RunProcess process = run("kill -9 $$", LONG);

        assertEquals(128 + 9, process.status(), process.said());
        assertEquals(List.of(), active());
    }

    @Test
    void a_program_that_is_not_there_ends_the_run_and_the_account() {
        RunProcess process = start(Map.of(), "--task", Lab.ALL, LONG, "--", "no-such-program");

        assertEquals(127, process.status());
        assertTrue(
                process.said().contains("there is no program `no-such-program`"), process.said());
        assertEquals(List.of(), active());
    }

    @Test
    void a_program_that_cannot_be_executed_ends_the_run_and_the_account() throws IOException {
        Path file = Files.writeString(directory.resolve("agent.sh"), "echo never\n");

        RunProcess process = start(Map.of(), "--task", Lab.ALL, LONG, "--", file.toString());

        assertEquals(126, process.status());
        assertTrue(process.said().contains("is not executable"), process.said());
        assertEquals(List.of(), active());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "USR1", "USR2", "ALRM"})
    void signals_go_on_to_the_program(String signal) throws Exception {
        RunProcess process =
                run(
                        "trap 'echo told; exit 42' %s; curl -s \"$DAYPASS_URL\"; echo; sleep 600 > /dev/null & wait $!"
                                .formatted(signal),
                        LONG);
        String id = id(process);

        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());

        assertEquals("told", process.line());
        assertEquals(42, process.status(), process.said());
        assertEquals("ended completed", here.state(id));
    }

    @Test
    void a_program_that_outlives_its_killed_wrapper_has_no_account_and_no_way_to_one()
            throws IOException {
        Path go = directory.resolve("go");
        Path after = directory.resolve("after");
        RunProcess process =
                run(
                        "curl -s \"$DAYPASS_URL\"; echo; while [ ! -e %1$s ]; do sleep 0.1; done; curl -s \"$LAB_URL/a\"; echo \"curl $?\" > %2$s.tmp; mv %2$s.tmp %2$s"
                                .formatted(go, after),
                        "--lease=2s");
        String id = id(process);

        process.kill();
        Await.until("the account ends", () -> here.state(id).equals("ended lapsed"));
        Files.createFile(go);
        Await.until("the program has tried", () -> Files.exists(after));

        assertEquals("curl 7\n", Files.readString(after), "nobody listens any more");
        assertEquals(List.of(), calls());
    }

    @Test
    void what_a_program_leaves_behind_may_call_while_it_lives_and_not_afterwards()
            throws IOException {
        Path go = directory.resolve("go");
        Path result = directory.resolve("result");
        String daemon =
                "(setsid sh -c 'curl -s \"$LAB_URL/a\" > %1$s.first; mv %1$s.first %1$s.during; while [ ! -e %2$s ]; do sleep 0.1; done; curl -s \"$LAB_URL/b\"; echo \"curl $?\" > %1$s.last; mv %1$s.last %1$s.after' > /dev/null 2>&1 < /dev/null &) ; while [ ! -e %1$s.during ]; do sleep 0.1; done; curl -s \"$DAYPASS_URL\"; echo"
                        .formatted(result, go);
        RunProcess process = run(daemon, LONG);

        String id = id(process);
        assertEquals(0, process.status(), process.said());
        assertEquals("ended completed", here.state(id));
        assertTrue(process.said().contains("what it left behind goes on without"), process.said());
        Files.createFile(go);
        Path after = directory.resolve("result.after");
        Await.until("the daemon has tried", () -> Files.exists(after));

        assertEquals("fine", Files.readString(directory.resolve("result.during")));
        assertEquals("curl 7\n", Files.readString(after));
    }

    @Test
    void two_runs_at_once_do_not_serve_each_others_programs() {
        RunProcess one = run("echo $LAB_URL; read line", LONG);
        URI url = URI.create(one.line() + "/a");

        RunProcess other =
                run(
                        "curl -s -o /dev/null -w '%%{http_code}\\n' %s; curl -s \"$LAB_URL/b\"; echo"
                                .formatted(url),
                        LONG);

        assertEquals("403", other.line());
        assertEquals("fine", other.line());
        assertEquals(0, other.status(), other.said());
        one.say("");
        assertEquals(0, one.status());
        assertEquals(List.of("GET /b HTTP/1.1"), calls().stream().map(c -> c.line()).toList());
    }

    @Test
    void an_account_that_reaches_its_deadline_is_told_and_the_program_goes_on() {
        RunProcess process =
                run(
                        "curl -s \"$DAYPASS_URL\"; echo; read line; curl -s -o /dev/null -w '%{http_code}\\n' \"$LAB_URL/a\"; exit 5",
                        "--ttl=2s", "--lease=4s");
        String id = id(process);

        Await.until(
                "it says so", () -> process.said().contains("its calls are refused from now on"));
        process.say("");

        assertEquals("401", process.line());
        assertEquals(5, process.status(), process.said());
        assertEquals("ended expired", here.state(id));
    }

    @Test
    void an_account_that_somebody_denies_starts_nothing() {
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true'}\n");
        try {
            Path trace = directory.resolve("trace");
            RunProcess process = run("touch " + trace, LONG);
            Await.until("it waits", () -> process.said().contains("waiting …"));
            int at = process.said().indexOf("acc_");
            String id = process.said().substring(at, at + 30);

            here.operator().send("POST", "/v1/accounts/%s/deny".formatted(id), null);

            assertEquals(1, process.status(), process.said());
            assertTrue(process.said().contains("denied"), process.said());
            assertEquals("ended denied", here.state(id));
            assertFalse(Files.exists(trace));
        } finally {
            here.rules("rules: []\n");
        }
    }

    @Test
    void who_is_told_to_end_while_waiting_for_a_human_leaves_nothing_waiting() {
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true'}\n");
        try {
            RunProcess process = run("echo never", LONG);
            Await.until("it waits", () -> process.said().contains("waiting …"));
            int at = process.said().indexOf("acc_");
            String id = process.said().substring(at, at + 30);

            process.terminate();

            assertEquals(128 + 15, process.status(), process.said());
            assertTrue(here.state(id).startsWith("ended"), here.state(id));
        } finally {
            here.rules("rules: []\n");
        }
    }
}
