package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What one may ask of `daypass run`, and what comes of it.
class RunOptionsTest extends WithRuns {
    @Test
    void explain_shows_the_tree_and_asks_first_and_what_is_typed_behind_is_the_programs() {
        RunProcess no = run("echo never", "--explain");
        no.say("no");
        assertEquals("", no.rest());
        assertEquals(1, no.status());
        assertTrue(no.said().contains("readThing"), no.said());
        assertTrue(no.said().contains("nothing was opened"), no.said());

        RunProcess yes = run("read line; echo \"heard $line\"", LONG, "--explain");
        yes.say("y\nit");
        assertEquals("heard it", yes.line());
        assertEquals(0, yes.status());
        assertTrue(calls().isEmpty());
    }

    @Test
    void a_map_puts_a_services_url_where_a_library_looks_for_it() {
        RunProcess process =
                run("curl -s \"$OPENAI_BASE_URL/a\"; echo", LONG, "--map", "OPENAI_BASE_URL=lab");

        assertEquals("fine", process.line());
        assertEquals(0, process.status());
    }

    @Test
    void a_detached_account_outlives_its_wrapper_and_a_run_that_ends_ends_it() {
        RunProcess killed = run("curl -s \"$DAYPASS_URL\"; echo; read line", "--detach");
        String stays = id(killed);
        killed.kill();
        killed.status();

        RunProcess ends = run("curl -s \"$DAYPASS_URL\"; echo", "--detach");
        String gone = id(ends);
        assertEquals(0, ends.status());

        assertEquals("ended completed", here.state(gone));
        assertEquals(AccountState.ACTIVE.word(), here.state(stays));
    }

    @Test
    void a_run_that_is_longer_than_its_token_goes_on_with_another() {
        try (Installation shortly =
                        Installation.start(Map.of("TOKEN_TTL_MAX", "4s"), Clock.systemUTC());
                Upstream _ = Lab.in(shortly, "lab")) {
            shortly.agent("agent");
            try (RunProcess process =
                    RunProcess.start(
                            shortly.identity("agent"),
                            directory.resolve("longer"),
                            Map.of(),
                            "--task",
                            Lab.ALL,
                            "--ttl=10m",
                            "--lease=60s",
                            "--",
                            "sh",
                            "-c",
                            // The first token is over by then. Another comes, on a slow machine a
                            // moment later.
                            "sleep 6; for n in $(seq 150); do [ \"$(curl -s -o /dev/null -w '%{http_code}' \"$LAB_URL/a\")\" = 200 ] && break; sleep 0.2; done; echo served $((n < 150))")) {
                assertEquals("served 1", process.line(), process.said());
                assertEquals(0, process.status());
            }
        }
    }

    @Test
    void mcp_clients_find_their_configuration_and_it_goes_with_the_run() throws IOException {
        Path file = directory.resolve(".mcp.json");
        Path code = Files.createDirectories(directory.resolve(".vscode")).resolve("mcp.json");

        RunProcess process =
                run(
                        "cat %1$s; cmp %1$s $DAYPASS_MCP_CONFIG; stat -c %%a %1$s".formatted(file),
                        LONG,
                        "--mcp=" + file);
        assertEquals("{\"mcpServers\":{}}", process.line(), process.said());
        assertTrue(process.rest().endsWith("600"));
        assertEquals(0, process.status(), process.said());
        assertFalse(Files.exists(file));

        RunProcess other = run("cat " + code, LONG, "--mcp=" + code);
        assertEquals("{\"servers\":{}}", other.line());
        assertEquals(0, other.status());
    }

    @Test
    void a_file_that_is_somebody_elses_stays_and_one_that_a_killed_run_left_does_not()
            throws IOException {
        Path theirs =
                Files.writeString(
                        directory.resolve("theirs.json"),
                        "{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}");
        RunProcess refused = run("echo never", LONG, "--mcp=" + theirs);
        assertEquals("", refused.rest());
        assertEquals(1, refused.status());
        assertTrue(refused.said().contains("is not from daypass run"), refused.said());
        assertTrue(Files.readString(theirs).contains("command"));

        RunProcess odd = run("echo never", LONG, "--mcp=python");
        assertEquals(1, odd.status());
        assertFalse(Files.exists(Path.of("python")));

        Path left =
                Files.writeString(
                        directory.resolve("left.json"),
                        "{\"mcpServers\":{\"a\":{\"type\":\"http\",\"url\":\"http://127.0.0.1:9/%s/a/mcp\"}}}"
                                .formatted("x".repeat(32)));
        RunProcess process = run("cat " + left, LONG, "--mcp=" + left);
        assertEquals("{\"mcpServers\":{}}", process.line(), process.said());
        assertEquals(0, process.status());
        assertFalse(Files.exists(left));
        assertEquals(List.of(), active());
    }
}
