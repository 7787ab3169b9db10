package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of [EdgeBench] as a table between two marks of `benchmarks.md`, and as a chart
/// beside it.
final class EdgeReport {
    private static final String CHART = "benchmarks-edge.svg";

    private EdgeReport() {}

    /// @param docs the folder of `benchmarks.md`
    /// @throws IOException also if the page has no place for the table
    static void write(Json.Obj result, Path docs) throws IOException {
        BenchmarksPage.put(docs, "edge", table(result));
        Files.writeString(docs.resolve(CHART), EdgeChart.of(rows(result)));
    }

    /// A way of making the call, with one number of connections.
    ///
    /// @param mode `kept` alive, each time `new`, or new but `resumed`
    record Row(String way, String mode, int connections, Json figures, double residentMib) {
        double figure(String name) {
            return Figures.number(figures, name);
        }

        /// What one core would serve, by the processor time of each call.
        double perCore() {
            return 1e6 / figure("cpu_us");
        }
    }

    static List<Row> rows(Json.Obj result) {
        var out = new ArrayList<Row>();
        if (result.members().get("edge") instanceof Json.Obj edge
                && edge.members().get("ways") instanceof Json.Obj(var ways)) {
            ways.forEach((way, figures) -> {
                for (int count : EdgeBench.KEPT) {
                    out.add(row(way, "kept", count, figures));
                }
                for (int count : EdgeBench.NEW) {
                    out.add(row(way, "new", count, figures));
                }
                if (figures instanceof Json.Obj(var modes) && modes.containsKey("resumed")) {
                    for (int count : EdgeBench.RESUMED) {
                        out.add(row(way, "resumed", count, figures));
                    }
                }
            });
        }
        return out;
    }

    private static Row row(String way, String mode, int connections, Json figures) {
        Json here =
                figures instanceof Json.Obj(var modes)
                                && modes.get(mode) instanceof Json.Obj(var counts)
                        ? counts.getOrDefault(Integer.toString(connections), Json.object().build())
                        : Json.object().build();
        return new Row(way, mode, connections, here, Figures.number(figures, "resident_mib"));
    }

    private static String table(Json.Obj result) {
        var out = new StringBuilder("\n\n");
        out.append(
                "%s; %s; medians of %d rounds.%n%n"
                        .formatted(text(result, "date"), machine(result), Rounds.COUNT));
        out.append("![calls a core, by way](%s)%n%n".formatted(CHART));
        out.append(
                "| way | connections | p50 ms | p99 ms | p99.9 ms | calls/s | calls/s per core | resident MiB |\n");
        out.append("|---|---|---|---|---|---|---|---|\n");
        for (Row row : rows(result)) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d %s | %.2f | %.2f | %.2f | %,d | %,d | %.0f |%n",
                            row.way(),
                            row.connections(),
                            row.mode(),
                            row.figure("p50_ms"),
                            row.figure("p99_ms"),
                            row.figure("p999_ms"),
                            Math.round(row.figure("per_s")),
                            Math.round(row.perCore()),
                            row.residentMib()));
        }
        return out.append('\n').toString();
    }

    static String machine(Json.Obj result) {
        return result.members().get("machine") instanceof Json.Obj machine
                ? "%s, JDK %s, %s"
                        .formatted(
                                text(machine, "processor"),
                                text(machine, "jdk"),
                                text(machine, "pinning"))
                : "";
    }

    static String text(Json.Obj object, String name) {
        return object.members().get(name) instanceof Json.Str(var value) ? value : "";
    }
}
