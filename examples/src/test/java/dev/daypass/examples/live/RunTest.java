package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Programs under `daypass run`: real processes, a real server, and what becomes of the account.
class RunTest extends WithRuns {
    @Test
    void a_program_calls_through_the_edge_and_the_run_ends_as_it_does() {
        RunProcess process =
                run("curl -s \"$DAYPASS_URL\"; echo; curl -s \"$LAB_URL/a?q=1\"; exit 7", LONG);

        String id = id(process);
        process.rest();

        assertEquals(7, process.status(), process.said());
        assertEquals("ended completed", here.state(id));
        Upstream.Received call = calls().getFirst();
        assertEquals("GET /a?q=1 HTTP/1.1", call.line());
        assertEquals("Bearer " + Lab.KEY, call.field("authorization"));
    }

    @Test
    void nothing_that_the_program_has_is_worth_anything_elsewhere() throws IOException {
        RunProcess process =
                run(
                        Map.of("OPENAI_API_KEY", "sk-parent"),
                        "curl -s -o /dev/null -H \"Referer: $LAB_URL/\" \"$LAB_URL/a\"; echo $$ $LAB_URL; read line",
                        LONG);
        String[] told = process.line().split(" ");
        long pid = Long.parseLong(told[0]);
        String passage = URI.create(told[1]).getPath().split("/")[1];
        String key =
                Files.readString(here.identity("agent").resolve("key.pem"))
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow();

        // Tokens of one server begin alike, and so do proofs.
        String token = agent.open(Lab.READ).token().reveal().substring(0, 24);
        String proof = Base64Url.encode("{\"typ\":\"dpop+jwt\",".getBytes(StandardCharsets.UTF_8));

        assertTrue(ProcessMemory.holds(pid, passage), "what it does have is found");
        for (String secret : List.of(token, proof, "sk-parent", Lab.KEY, key)) {
            assertFalse(ProcessMemory.holds(pid, secret), secret);
        }
        assertTrue(process.said().contains("withheld from the program: OPENAI_API_KEY"));
        calls().forEach(call ->
                assertFalse((call.line() + call.fields()).contains(passage), call.toString()));
        process.say("");
        assertEquals(0, process.status());
    }

    @Test
    void another_process_is_refused_even_with_the_programs_own_url() throws Exception {
        RunProcess process = run("echo $LAB_URL; read line", LONG);
        URI url = URI.create(process.line() + "/a");

        try (HttpClient stranger = HttpClient.newHttpClient()) {
            var answer =
                    stranger.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("only the program that daypass run started"));
        }
        assertEquals(List.of(), calls());
        process.say("");
        assertEquals(0, process.status());
    }

    @Test
    void the_program_itself_is_refused_without_the_runs_secret() {
        RunProcess process =
                run(
                        "curl -s -o /dev/null -w '%{http_code}\\n' \"${LAB_URL%/*/*}/guess/lab/a\"",
                        LONG);

        assertEquals("403", process.line());
        assertEquals(0, process.status());
    }

    @Test
    void a_task_that_is_refused_or_a_map_to_nowhere_starts_nothing() {
        Path trace = directory.resolve("trace");
        RunProcess refused = start(Map.of(), "--task", "sing", "--", "touch", trace.toString());
        RunProcess mapped = run("touch " + trace, LONG, "--map", "OPENAI_BASE_URL=llm");

        assertEquals(1, refused.status(), refused.said());
        assertEquals(1, mapped.status(), mapped.said());
        assertTrue(mapped.said().contains("its services: lab"), mapped.said());
        assertFalse(Files.exists(trace));
        assertEquals(List.of(), active());
    }

    @Test
    void an_account_that_waits_says_who_decides_and_the_program_starts_once_they_have() {
        here.rules("rules:\n  - {name: ask, on: [open], approve: 'true'}\n");
        try {
            RunProcess process = run("curl -s \"$DAYPASS_URL\"; echo", LONG);
            Await.until("it says so", () -> process.said().contains("waiting …"));
            String said = process.said();
            int at = said.indexOf("acc_");
            assertTrue(said.contains("rule `ask` asks for approval"), said);

            here.operator()
                    .send(
                            "POST",
                            "/v1/accounts/%s/approve".formatted(said.substring(at, at + 30)),
                            null);

            assertEquals(said.substring(at, at + 30), id(process));
            assertEquals(0, process.status(), process.said());
        } finally {
            here.rules("rules: []\n");
        }
    }
}
