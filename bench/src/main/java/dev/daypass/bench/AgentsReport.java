package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The table of the worked agents on the page of benchmarks.
final class AgentsReport {
    private static final String BEGIN = "<!-- agents: written by ./daypass bench agents --docs -->";
    private static final String END = "<!-- agents: end -->";
    private static final Map<String, String> WAYS =
            Map.of(
                    "before", "with a stored key",
                    "sdk", "with the SDK",
                    "run", "the old program under `daypass run`");

    private AgentsReport() {}

    /// @param docs the folder of `benchmarks.md`
    /// @throws IOException also if the page has no place for the table
    static void write(Json.Obj result, Path docs) throws IOException {
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("%s has no lines `%s` and `%s`".formatted(page, BEGIN, END));
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + table(result) + text.substring(end));
    }

    private static String table(Json.Obj result) {
        var out = new StringBuilder("\n\n");
        out.append(
                "%s; %s; medians of %d transactions each, alternating.%n%n"
                        .formatted(
                                EdgeReport.text(result, "date"),
                                EdgeReport.machine(result),
                                Math.round(Figures.number(result, "agents", "rounds"))));
        out.append(
                "| agent | | secrets in its process | what is left | transaction, ms | longer by | start, ms |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        for (String agent : new String[] {"shopping", "research"}) {
            double before = Figures.number(result, "agents", agent, "before", "transaction_ms");
            for (String way : new String[] {"before", "sdk", "run"}) {
                double took = Figures.number(result, "agents", agent, way, "transaction_ms");
                if (!Double.isNaN(took)) {
                    out.append(row(result, agent, way, 100 * (took - before) / before));
                }
            }
        }
        return out.append('\n').toString();
    }

    private static String row(Json.Obj result, String agent, String way, double longer) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %s | %,.0f | %s | %,.0f |%n",
                agent,
                WAYS.get(way),
                Figures.number(result, "agents", agent, way, "secrets"),
                left(result, agent, way),
                Figures.number(result, "agents", agent, way, "transaction_ms"),
                way.equals("before") ? "" : String.format(Locale.ROOT, "%+.1f %%", longer),
                Figures.number(result, "agents", agent, way, "start_ms"));
    }

    private static String left(Json.Obj result, String agent, String way) {
        return result.members().get("agents") instanceof Json.Obj(var agents)
                        && agents.get(agent) instanceof Json.Obj(var ways)
                        && ways.get(way) instanceof Json.Obj finding
                ? EdgeReport.text(finding, "left")
                : "";
    }
}
