package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The other side of [Child]: says that it is ready, answers, and ends with its standard input.
final class ChildMain {
    private static final long KIBI = 1_024;

    private ChildMain() {}

    /// Returns when standard input ends.
    static void serve(Json.Obj ready) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(ready.text());
        for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
            out.println((asked.equals("compiler") ? compiler() : memory()).text());
        }
    }

    private static Json.Obj compiler() {
        return Json.object()
                .put("millis", ManagementFactory.getCompilationMXBean().getTotalCompilationTime())
                .build();
    }

    private static Json.Obj memory() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return Json.object()
                .put("heap", runtime.totalMemory() - runtime.freeMemory())
                .put("resident", resident())
                .build();
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                .findFirst()
                .orElse(0);
    }
}
