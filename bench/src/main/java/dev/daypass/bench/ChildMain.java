package dev.daypass.bench;

import dev.daypass.wire.Json;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/// The other side of [Child]: says that it is ready, answers, and ends with its standard input.
final class ChildMain {
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

    private static Json.Obj memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return Json.object()
                .put("heap", runtime.totalMemory() - runtime.freeMemory())
                .put("direct", direct())
                .put("resident", Machine.resident(ProcessHandle.current()))
                .build();
    }

    /// Of the JVM and of the network library, which keeps its own books.
    private static long direct() {
        long own =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return own + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
