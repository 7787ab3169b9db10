package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs under `daypass run`: real processes, a real server, and what becomes of the account.
class RunTest extends WithLab {
    /// Longer than any pause of this machine, where the lease is not what a test is about.
    private static final String LONG = "--lease=60s";

    @TempDir Path directory;
    private int before;
    private List<String> ofOthers = List.of();
    private final List<RunProcess> running = new ArrayList<>();

    @BeforeEach
    void nothingYet() {
        before = upstream.received().size();
        ofOthers = activeNow(); // a run that a test killed has a minute
        upstream.follow(Upstream::fine);
    }

    @AfterEach
    void ended() {
        running.forEach(RunProcess::close);
    }

    /// What came in since this test began.
    private List<Upstream.Received> calls() {
        List<Upstream.Received> all = upstream.received();
        return all.subList(before, all.size());
    }

    private RunProcess run(String script, String... options) {
        return run(Map.of(), script, options);
    }

    private RunProcess run(Map<String, String> environment, String script, String... options) {
        var words = new ArrayList<>(List.of("--task", Lab.ALL));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", script));
        RunProcess process =
                RunProcess.start(
                        here.identity("agent"),
                        directory.resolve("err" + running.size()),
                        environment,
                        words.toArray(String[]::new));
        running.add(process);
        return process;
    }

    /// Accounts of this test that are active now.
    private List<String> active() {
        return activeNow().stream().filter(id -> !ofOthers.contains(id)).toList();
    }

    private List<String> activeNow() {
        Json list = here.operator().send("GET", "/v1/accounts?state=active", null).json();
        return list instanceof Json.Arr(var items)
                ? items.stream().map(one -> JsonFields.of(one).string("id")).toList()
                : List.of();
    }

    private static String id(RunProcess process) {
        return JsonFields.of(Json.parse(process.line())).string("id");
    }

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
    void bodies_of_any_length_and_framing_go_through() throws IOException {
        upstream.follow((request, in, out) ->
                Upstream.say(out, "200 OK", Integer.toString(Upstream.body(request, in).length)));
        Path large = Files.write(directory.resolve("large"), new byte[700_000]);
        String curl = "curl -s -X POST -H 'Content-Type: application/octet-stream' ";

        RunProcess process =
                run(
                        curl
                                + "--data-binary @%s \"$LAB_URL/a\"; echo; ".formatted(large)
                                + curl
                                + "-H 'Transfer-Encoding: chunked' --data-binary @%s \"$LAB_URL/a\"; echo; "
                                        .formatted(large)
                                + curl
                                + "-d abc \"$LAB_URL/a\"; echo",
                        LONG);

        assertEquals(
                List.of("700000", "700000", "3"),
                List.of(process.line(), process.line(), process.line()));
        assertEquals(0, process.status(), process.said());
    }

    @Test
    void a_program_that_is_not_there_ends_the_run_and_the_account() {
        RunProcess process =
                RunProcess.start(
                        here.identity("agent"),
                        directory.resolve("err"),
                        Map.of(),
                        "--task",
                        Lab.ALL,
                        LONG,
                        "--",
                        "no-such-program");
        running.add(process);

        assertEquals(127, process.status());
        assertTrue(process.said().contains("cannot start"), process.said());
        assertEquals(List.of(), active());
    }

    @Test
    void a_task_that_is_refused_or_a_map_to_nowhere_starts_nothing() {
        Path trace = directory.resolve("trace");
        RunProcess refused =
                RunProcess.start(
                        here.identity("agent"),
                        directory.resolve("err"),
                        Map.of(),
                        "--task",
                        "sing",
                        "--",
                        "touch",
                        trace.toString());
        running.add(refused);
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

    @Test
    void code_that_calls_a_service_by_its_own_name_is_led_to_the_edge_and_all_else_refused() {
        // Nobody listens there: that the edge says so shows that it was asked.
        Lab.register(here, "shop", "https://127.0.0.1:9/v2");

        RunProcess process =
                run(
                        "curl -s --noproxy '' https://127.0.0.1:9/v2/a; echo; curl -s --noproxy '' -o /dev/null -w '%{http_connect}\\n' https://127.0.0.1:10/; curl -s --noproxy '' -o /dev/null -w '%{http_connect}\\n' -x \"${HTTPS_PROXY%%//*}//run:guess@${HTTPS_PROXY##*@}\" https://127.0.0.1:9/v2/a",
                        LONG, "--service=shop", "--proxy");

        assertEquals("forward", JsonFields.of(Json.parse(process.line())).string("step"));
        assertEquals("403", process.line());
        assertEquals("407", process.line());
        process.rest();
        process.status();
    }
}
