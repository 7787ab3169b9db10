package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The table of the worked agents on the page of benchmarks.
final class AgentsReport {
    private static final Map<String, String> WAYS =
            Map.of(
                    "before", "with a stored key",
                    "sdk", "with the SDK",
                    "run", "the old program under `daypass run`");

    private AgentsReport() {}

    /// @param docs the folder of `benchmarks.md`
    /// @throws IOException also if the page has no place for the table
    static void write(Json.Obj result, Path docs) throws IOException {
        BenchmarksPage.put(docs, "agents", table(result));
    }

    private static String table(Json.Obj result) {
        var out = new StringBuilder("\n\n");
        out.append(
                "%s; %s, but here on all cores; medians of %d transactions each, alternating.%n%n"
                        .formatted(
                                EdgeReport.text(result, "date"),
                                EdgeReport.machine(result),
                                Math.round(Figures.number(result, "agents", "rounds"))));
        out.append(
                "| agent | | secrets in its process | what is left | transaction, ms | first of its process, ms | start, ms |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        for (String agent : new String[] {"shopping", "research"}) {
            for (String way : new String[] {"before", "sdk", "run"}) {
                if (!Double.isNaN(figure(result, agent, way, "first_ms"))) {
                    out.append(row(result, agent, way));
                }
            }
        }
        return out.append('\n').toString();
    }

    private static String row(Json.Obj result, String agent, String way) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %s | %s | %s | %,.0f |%n",
                agent,
                WAYS.get(way),
                figure(result, agent, way, "secrets"),
                left(result, agent, way),
                time(result, agent, way, "transaction"),
                time(result, agent, way, "first"),
                figure(result, agent, way, "start_ms"));
    }

    private static String time(Json.Obj result, String agent, String way, String which) {
        double took = figure(result, agent, way, which + "_ms");
        if (Double.isNaN(took)) {
            return "";
        }
        return way.equals("before")
                ? String.format(Locale.ROOT, "%,.0f", took)
                : String.format(
                        Locale.ROOT,
                        "%,.0f (%+.1f %%)",
                        took,
                        figure(result, agent, way, which + "_longer_percent"));
    }

    private static double figure(Json.Obj result, String agent, String way, String name) {
        return Figures.number(result, "agents", agent, way, name);
    }

    private static String left(Json.Obj result, String agent, String way) {
        return result.members().get("agents") instanceof Json.Obj(var agents)
                        && agents.get(agent) instanceof Json.Obj(var ways)
                        && ways.get(way) instanceof Json.Obj finding
                ? EdgeReport.text(finding, "left")
                : "";
    }
}
