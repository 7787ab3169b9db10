package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass run` and a server that is away, slow, new, someone else's, or has another clock.
class RunServerTest {
    private static final String CALL = "curl -s -o /dev/null -w '%{http_code}\\n' \"$LAB_URL/a\"";

    @TempDir Path directory;
    private final List<RunProcess> running = new ArrayList<>();

    @AfterEach
    void ended() {
        running.forEach(RunProcess::close);
    }

    private RunProcess run(Path identity, Map<String, String> environment, String script) {
        RunProcess process =
                RunProcess.start(
                        identity,
                        directory.resolve("err" + running.size()),
                        environment,
                        "--task",
                        Lab.ALL,
                        "--lease=60s",
                        "--",
                        "sh",
                        "-c",
                        script);
        running.add(process);
        return process;
    }

    /// One line, and no more than that.
    private static void saysInOneLine(RunProcess process, String what) {
        assertEquals(1, process.said().lines().count(), process.said());
        assertTrue(process.said().contains(what), process.said());
    }

    @Test
    void without_a_server_nothing_is_started() throws IOException {
        try (Installation here = Installation.start()) {
            here.agent("agent");
            int port;
            try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = closed.getLocalPort();
            }

            RunProcess process =
                    run(
                            here.identity("agent"),
                            Map.of("DAYPASS_SERVER", "https://127.0.0.1:" + port),
                            "echo never");

            assertEquals("", process.rest());
            assertEquals(4, process.status());
            saysInOneLine(process, "Connection refused");
        }
    }

    @Test
    void a_server_that_takes_the_connection_and_says_nothing_is_not_waited_for_forever()
            throws IOException {
        try (Installation here = Installation.start();
                var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            here.agent("agent");

            RunProcess process =
                    run(
                            here.identity("agent"),
                            Map.of("DAYPASS_SERVER", "https://127.0.0.1:" + silent.getLocalPort()),
                            "echo never");

            assertEquals("", process.rest());
            assertEquals(4, process.status());
            saysInOneLine(process, "it did not answer in time");
        }
    }

    @Test
    void who_is_not_enrolled_or_was_taken_away_starts_nothing() throws IOException {
        try (Installation here = Installation.start();
                Installation other = Installation.start();
                Upstream _ = Lab.in(here, "lab")) {
            RunProcess unknown = run(directory.resolve("nobody"), Map.of(), "echo never");
            assertEquals(1, unknown.status());
            saysInOneLine(unknown, "daypass agent enrol");

            other.agent("agent");
            RunProcess foreign =
                    run(
                            other.identity("agent"),
                            Map.of("DAYPASS_SERVER", here.issuer().toString()),
                            "echo never");
            assertEquals(4, foreign.status());
            saysInOneLine(foreign, "no secure connection");

            here.agent("agent");
            Installation.must(here.operator().send("DELETE", "/v1/agents/agent", null));
            RunProcess gone = run(here.identity("agent"), Map.of(), "echo never");
            assertEquals(1, gone.status());
            assertEquals("", gone.rest());
            assertTrue(gone.said().contains("agent"), gone.said());
        }
    }

    @Test
    void a_server_that_is_started_anew_is_told_and_the_run_goes_on() throws IOException {
        Installation here = Installation.start();
        try (Upstream upstream = Lab.in(here, "lab")) {
            here.agent("agent");
            RunProcess process =
                    run(
                            here.identity("agent"),
                            Map.of(),
                            "curl -s \"$DAYPASS_URL\"; echo; %1$s; read line; until [ \"$(%1$s)\" = 200 ]; do sleep 0.2; done; echo again; exit 3"
                                    .formatted(CALL));
            String id = WithRuns.id(process);
            assertEquals("200", process.line());

            here = here.again(null, java.time.Clock.systemUTC());
            process.say("");

            assertEquals("again", process.line());
            assertEquals(3, process.status(), process.said());
            assertEquals("ended completed", here.state(id));
            assertEquals(2, upstream.received().size());
        } finally {
            here.close();
        }
    }

    @Test
    void the_servers_clock_counts_and_not_the_programs() throws IOException {
        for (Duration off : List.of(Duration.ofMinutes(-40), Duration.ofMinutes(-3))) {
            var clock = new SettableClock();
            clock.advance(off);
            try (Installation here = Installation.start(Map.of(), clock);
                    Upstream _ = Lab.in(here, "lab")) {
                here.agent("agent");

                RunProcess process = run(here.identity("agent"), Map.of(), CALL);

                assertEquals("200", process.line(), off + process.said());
                assertEquals(0, process.status(), process.said());
            }
        }
    }
}
