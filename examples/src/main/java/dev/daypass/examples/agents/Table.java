package dev.daypass.examples.agents;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A comparison for people: a question on each line, a way in each column.
final class Table {
    private final Comparison comparison;
    private final StringBuilder out = new StringBuilder();

    private Table(Comparison comparison) {
        this.comparison = comparison;
    }

    static String of(Comparison comparison) {
        var table = new Table(comparison);
        Finding before = comparison.finding(Way.BEFORE);
        table.line("The %s agent".formatted(comparison.agent()), f -> f.way().title());
        table.line("  " + comparison.secretName() + " in it", f -> Integer.toString(f.secrets()));
        table.line("  Daypass's tokens in it", f -> Integer.toString(f.tokens()));
        table.line("  a thief of these gets", Finding::stolen);
        table.line("  left at the end", Finding::left);
        table.line("  transaction", f -> time(f, before, Finding::seconds));
        table.line("  first of its process", f -> time(f, before, Finding::firstSeconds));
        table.line(
                "  start of the process",
                f -> String.format(Locale.ROOT, "%.2f s", Finding.median(f.startSeconds())));
        return table.out.toString();
    }

    private void line(String question, Function<Finding, String> answer) {
        out.append("%-32s".formatted(question));
        comparison.findings().values().forEach(f -> out.append("%-34s".formatted(answer.apply(f))));
        out.replace(out.toString().stripTrailing().length(), out.length(), "").append('\n');
    }

    private static String time(
            Finding finding, Finding before, Function<Finding, List<Double>> which) {
        List<Double> values = which.apply(finding);
        if (values.isEmpty()) {
            return "";
        }
        String seconds = String.format(Locale.ROOT, "%.3f s", Finding.median(values));
        return finding.way() == Way.BEFORE
                ? seconds
                : seconds
                        + String.format(
                                Locale.ROOT,
                                " (%+.1f %%)",
                                Finding.longer(values, which.apply(before)));
    }
}
