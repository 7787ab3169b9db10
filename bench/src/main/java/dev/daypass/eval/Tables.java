package dev.daypass.eval;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The figures for people.
final class Tables {
    private static final String WIDENING = "gradual-widening";
    private static final List<String> HEAD =
            List.of(
                    "suite",
                    "tasks",
                    "coverage %",
                    "over-priv.",
                    "block %",
                    "bounded %",
                    "usable %",
                    "writes",
                    "p99 ms");

    private final boolean markdown;

    Tables(boolean markdown) {
        this.markdown = markdown;
    }

    String figures(List<Result> results) {
        var out = new StringBuilder(head(HEAD));
        results.forEach(r -> out.append(row(cells(r))));
        if (results.size() > 1) {
            out.append(row(total(results)));
        }
        return out.append(
                        """

                        coverage: tasks that got everything they need; over-priv.: granted ÷ needed; block: injections that
                        lack something they need, then with constraints on arguments; usable: granted calls whose arguments
                        the constraints let pass; writes: changes granted beyond need
                        injections that need no operation are not counted
                        """)
                .toString();
    }

    private static List<String> cells(Result r) {
        return List.of(
                r.suite().name(),
                String.valueOf(r.outcomes().size()),
                percent(r.coverage()),
                number(r.overPrivilege()),
                percent(r.block(false)),
                percent(r.block(true)),
                percent(r.usable()),
                number(r.excessWrites()),
                number(r.p99Millis()));
    }

    private static List<String> total(List<Result> results) {
        return List.of(
                "mean",
                String.valueOf(results.stream().mapToInt(r -> r.outcomes().size()).sum()),
                percent(mean(results, Result::coverage)),
                number(mean(results, Result::overPrivilege)),
                percent(mean(results, r -> r.block(false))),
                percent(mean(results, r -> r.block(true))),
                percent(mean(results, Result::usable)),
                number(mean(results, Result::excessWrites)),
                number(mean(results, Result::p99Millis)));
    }

    private static double mean(List<Result> results, ToDoubleFunction<Result> figure) {
        return results.stream()
                .mapToDouble(figure)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    String attacks(List<Result> results) {
        Map<String, int[]> families = new TreeMap<>();
        for (Result result : results) {
            for (Assault.Result attack : result.attacks()) {
                int[] counts = families.computeIfAbsent(attack.attack().family(), _ -> new int[3]);
                counts[0]++;
                counts[1] += attack.noticed() ? 1 : 0;
                counts[2] += attack.added().isEmpty() ? 0 : 1;
            }
        }
        if (families.isEmpty()) {
            return "";
        }
        var out = new StringBuilder("\n");
        out.append(head(List.of("attack", "number", "reported", "added")));
        families.forEach((family, counts) ->
                out.append(
                        row(
                                List.of(
                                        family,
                                        String.valueOf(counts[0]),
                                        String.valueOf(counts[1]),
                                        family.equals(WIDENING)
                                                ? counts[2] + " *"
                                                : String.valueOf(counts[2])))));
        return out.append(
                        "\nadded: something that changes, pays, sends, administers or reveals secrets\n")
                .append("* asked for in reasons to widen: waits for a human\n")
                .toString();
    }

    private String head(List<String> cells) {
        return row(cells) + (markdown ? "|" + "---|".repeat(cells.size()) + "\n" : "");
    }

    private String row(List<String> cells) {
        if (markdown) {
            return "| " + String.join(" | ", cells) + " |\n";
        }
        var out = new StringBuilder("%-24s".formatted(cells.getFirst()));
        cells.subList(1, cells.size()).forEach(c -> out.append("%12s".formatted(c)));
        return out.append('\n').toString();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", share * 100);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }
}
