package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How long `daypass explain` takes from the command line: run by the server, in a process of its
/// own, and beside both the same question asked with curl. The processes start on the load's core.
final class CommandBench implements Measurement {
    private static final int ROUNDS = 3;
    private static final int RUNS = 15;
    private static final int RUNS_OF_OWN = 4;
    private static final String TASK = "find the cheapest flight from New York to London";
    private static final String EXPECTED = "searchOffers";

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Deployment server = site.deployment();
        String script = script().toString();
        List<String> explain = List.of("bash", script, "explain", TASK, "--agent", "agent0");
        Map<String, String> there =
                Map.of(
                        "DAYPASS_CONSOLE", server.console().toString(),
                        "DAYPASS_DATA", server.data().toString());
        var served = new Way(explain, there);
        var own = new Way(explain, with(there, "DAYPASS_OWN_PROCESS", "1"));
        var curl = new Way(curl(site, server), Map.of());
        double first = once(served);
        for (int round = 0; round < ROUNDS; round++) {
            served.run(RUNS);
            own.run(RUNS_OF_OWN);
            if (installed("curl")) {
                curl.run(RUNS);
            }
        }
        result.put(
                "command",
                Json.object()
                        .put("first_ms", Figures.of(first))
                        .put("served", served.figures())
                        .put("own_process", own.figures())
                        .put("curl", curl.figures())
                        .build());
    }

    /// One way to ask, and how long it took each time.
    private record Way(List<String> words, Map<String, String> variables, List<Double> millis) {
        Way(List<String> words, Map<String, String> variables) {
            this(words, variables, new ArrayList<>());
        }

        void run(int times) {
            for (int i = 0; i < times; i++) {
                millis.add(once(this));
            }
        }

        Json.Obj figures() {
            if (millis.isEmpty()) {
                return Json.object().build();
            }
            List<Double> sorted = millis.stream().sorted().toList();
            return Json.object()
                    .put("runs", sorted.size())
                    .put("p50_ms", Figures.of(Figures.median(sorted)))
                    .put("p90_ms", Figures.of(sorted.get((int) (sorted.size() * 0.9))))
                    .build();
        }
    }

    private static double once(Way way) {
        var builder =
                new ProcessBuilder(way.words())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
        builder.environment().putAll(way.variables());
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            double millis = (System.nanoTime() - start) / 1e6;
            if (status != 0 || !said.contains(EXPECTED)) {
                throw new IllegalStateException(
                        "%s ended with %d: %s".formatted(way.words(), status, said));
            }
            return millis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path script() {
        String home = System.getenv("DAYPASS_HOME");
        if (home == null) {
            throw new IllegalStateException("the script is measured too; run `./daypass bench`");
        }
        return Path.of(home, "daypass");
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        var more = new java.util.HashMap<>(all);
        more.put(name, value);
        return more;
    }

    /// The token goes to curl in a file, as it goes to the script.
    private static List<String> curl(Site site, Deployment server) {
        try {
            Path header = site.directory("curl").resolve("header");
            Files.createFile(
                    header,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(header, "authorization: Bearer " + server.token().reveal());
            return List.of(
                    "curl",
                    "-sS",
                    "-H",
                    "@" + header,
                    "-d",
                    Json.object()
                            .put("agent", "agent0")
                            .put("task", TASK)
                            .put("services", Json.strings(List.of()))
                            .build()
                            .text(),
                    server.console().resolve("/v1/explain").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
