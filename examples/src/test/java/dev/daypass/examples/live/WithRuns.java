package dev.daypass.examples.live;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Programs under `daypass run`, each wrapper in a process of its own, at one server with a lab.
abstract class WithRuns extends WithLab {
    /// Longer than any pause of this machine, where the lease is not what a test is about.
    static final String LONG = "--lease=60s";

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
    List<Upstream.Received> calls() {
        List<Upstream.Received> all = upstream.received();
        return all.subList(Math.min(before, all.size()), all.size());
    }

    RunProcess run(String script, String... options) {
        return run(Map.of(), script, options);
    }

    RunProcess run(Map<String, String> environment, String script, String... options) {
        var words = new ArrayList<>(List.of("--task", Lab.ALL));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", script));
        return start(environment, words.toArray(String[]::new));
    }

    /// @param words behind `daypass run`
    RunProcess start(Map<String, String> environment, String... words) {
        return start(RunProcess.Wrapper.PLAIN, environment, words);
    }

    RunProcess start(RunProcess.Wrapper wrapper, Map<String, String> environment, String... words) {
        RunProcess process =
                RunProcess.under(
                        wrapper,
                        here.identity("agent"),
                        directory.resolve("err" + running.size()),
                        environment,
                        words);
        running.add(process);
        return process;
    }

    /// Accounts of this test that are active now.
    List<String> active() {
        return activeNow().stream().filter(id -> !ofOthers.contains(id)).toList();
    }

    private static List<String> activeNow() {
        Json list = here.operator().send("GET", "/v1/accounts?state=active", null).json();
        return list instanceof Json.Arr(var items)
                ? items.stream().map(one -> JsonFields.of(one).string("id")).toList()
                : List.of();
    }

    /// The account that a program printed.
    static String id(RunProcess process) {
        return JsonFields.of(Json.parse(process.line())).string("id");
    }
}
