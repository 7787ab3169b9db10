package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long a program waits under `daypass run`: from the call to its first byte, beside the
/// program alone, what somebody would script by hand, and how long other languages take to say a
/// word. In turn, so that what else the machine does falls on all.
final class RunBench implements Measurement {
    private static final int ROUNDS = 15;
    private static final String TASK = "find the cheapest flight from New York to London";
    private static final List<String> PROGRAM = List.of("sh", "-c", "echo x");
    private static final int TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
    private static final int CHILDREN_USER = 13; // cutime in /proc/self/stat, behind the name

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        site.cores().unpinned(() -> measureAll(site, result));
    }

    private static void measureAll(Site site, JsonObjectBuilder result) {
        Map<String, Way> ways = ways(site.deployment());
        ways.values().forEach(Way::once); // nobody's first time is measured
        ways.values().forEach(Way::forget);
        for (int round = 0; round < ROUNDS; round++) {
            ways.values().forEach(Way::once);
        }
        var figures = Json.object();
        ways.forEach((name, way) -> figures.put(name, way.figures()));
        double added = median(ways, "run") - median(ways, "program");
        result.put("run", figures.put("added_p50_ms", Figures.of(added)).build());
    }

    private static double median(Map<String, Way> ways, String name) {
        Way way = ways.get(name);
        return way == null ? Double.NaN : way.median();
    }

    private static Map<String, Way> ways(Deployment server) {
        String home = System.getenv("DAYPASS_HOME");
        if (home == null) {
            throw new IllegalStateException("the script is measured too; run `./daypass bench`");
        }
        Path identity = server.agentDirectory(0);
        Map<String, String> there =
                Map.of(
                        "DAYPASS_IDENTITY", identity.toString(),
                        "IDENTITY_DIRECTORY", identity.toString(),
                        "DETAILS",
                                "authorization_details=[{\"type\":\"agent_task\",\"task\":\"%s\",\"ttl\":600}]"
                                        .formatted(TASK),
                        "SERVER", "https://localhost:" + server.server().port("agents"));
        var ways = new LinkedHashMap<String, Way>();
        ways.put("program", new Way(PROGRAM, there));
        var run = new ArrayList<>(List.of("bash", home + "/daypass", "run", "--task", TASK, "--"));
        run.addAll(PROGRAM);
        ways.put("run", new Way(run, there));
        ways.put("shell", script("exec sh -c 'echo x'", there));
        if (installed("curl")) {
            String curl =
                    "curl -sSf --cert $IDENTITY_DIRECTORY/cert.pem --key $IDENTITY_DIRECTORY/key.pem --cacert $IDENTITY_DIRECTORY/ca.pem ";
            ways.put(
                    "curl_token",
                    script(
                            curl
                                    + "-d grant_type=client_credentials --data-urlencode \"$DETAILS\" $SERVER/oauth2/token > /dev/null && exec sh -c 'echo x'",
                            there));
            ways.put(
                    "curl_tls",
                    script(
                            curl + "-o /dev/null $SERVER/oauth2/jwks && exec sh -c 'echo x'",
                            there));
        }
        ways.put(
                "java",
                new Way(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--version"),
                        there));
        if (installed("python3")) {
            ways.put("python", new Way(List.of("python3", "-c", "print('x')"), there));
        }
        if (installed("node")) {
            ways.put("node", new Way(List.of("node", "-e", "console.log('x')"), there));
        }
        return ways;
    }

    private static Way script(String text, Map<String, String> variables) {
        return new Way(List.of("sh", "-c", text), variables);
    }

    /// One way to start a program, and how long it took each time.
    private static final class Way {
        private final List<String> words;
        private final Map<String, String> variables;
        private final List<Double> millis = new ArrayList<>();
        private final List<Double> cpuMillis = new ArrayList<>();

        Way(List<String> words, Map<String, String> variables) {
            this.words = List.copyOf(words);
            this.variables = Map.copyOf(variables);
        }

        void once() {
            var builder =
                    new ProcessBuilder(words)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
            builder.environment().putAll(variables);
            try {
                double cpu = childrenMillis();
                long start = System.nanoTime();
                Process process = builder.start();
                int first = process.getInputStream().read();
                millis.add((System.nanoTime() - start) / 1e6);
                process.getInputStream().readAllBytes();
                int status = process.waitFor();
                if (status != 0 || first < 0) {
                    throw new IllegalStateException("%s ended with %d".formatted(words, status));
                }
                cpuMillis.add(childrenMillis() - cpu);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        void forget() {
            millis.clear();
            cpuMillis.clear();
        }

        double median() {
            return Figures.median(millis.stream().sorted().toList());
        }

        Json.Obj figures() {
            List<Double> sorted = millis.stream().sorted().toList();
            double cpu = cpuMillis.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            return Json.object()
                    .put("runs", sorted.size())
                    .put("p50_ms", Figures.of(median()))
                    .put("p90_ms", Figures.of(sorted.get((int) (sorted.size() * 0.9))))
                    .put("cpu_ms", Figures.of(cpu))
                    .build();
        }
    }

    /// Processor time of all children that have ended, theirs included (proc(5)), in steps of 10
    /// ms: the mean of many is told.
    private static double childrenMillis() throws IOException {
        Path own = Path.of("/proc/self/stat");
        if (!Files.exists(own)) {
            return 0;
        }
        String stat = Files.readString(own);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks =
                Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1]);
        return ticks * 1_000.0 / TICKS_PER_SECOND;
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
