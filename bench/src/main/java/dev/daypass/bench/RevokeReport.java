package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// The table of revocations on the page of benchmarks.
final class RevokeReport {
    private RevokeReport() {}

    /// @param docs the folder of `benchmarks.md`
    /// @throws IOException also if the page has no place for the table
    static void write(Json.Obj result, Path docs) throws IOException {
        BenchmarksPage.put(docs, "revoke", table(result));
    }

    private static String table(Json.Obj result) {
        return """


        %s; %s.

        | until | p50 ms | p99 ms |
        |---|---|---|
        %s%s%s%s%s%s%s%s
        """
                .formatted(
                        EdgeReport.text(result, "date"),
                        EdgeReport.machine(result),
                        row(result, "revoke is answered, the edge in the same process"),
                        row(
                                result,
                                "revoke is answered, two edges in processes of their own besides",
                                "elsewhere_few"),
                        row(
                                result,
                                "the same with eight edges in one process besides",
                                "elsewhere_one_process"),
                        row(
                                result,
                                "the same with eight edges in processes of their own besides",
                                "elsewhere"),
                        row(
                                result,
                                "a stream at one of these is closed, from when its edge knew",
                                "elsewhere",
                                "stream_cut",
                                "learned"),
                        row(
                                result,
                                "the same as its agent sees it, from before the revocation is sent",
                                "elsewhere",
                                "stream_cut"),
                        row(result, "eight have replied, bare NATS, no TLS", "nats"),
                        row(result, "eight have replied, bare Redis pub/sub, no TLS", "redis"));
    }

    private static String row(Json.Obj result, String what, String... path) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f |%n",
                what,
                figure(result, "p50_ms", path),
                figure(result, "p99_ms", path));
    }

    private static double figure(Json.Obj result, String name, String... path) {
        String[] whole = new String[path.length + 2];
        whole[0] = "revoke";
        System.arraycopy(path, 0, whole, 1, path.length);
        whole[whole.length - 1] = name;
        return Figures.number(result, whole);
    }
}
