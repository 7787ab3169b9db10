package dev.daypass.bench;

import java.util.List;
import java.util.Locale;

/// A bar for each way of making the call: what one core serves over connections that are kept.
final class EdgeChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 210;
    private static final int BAR = 22;
    private static final int STEP = 34;
    private static final int TOP = 44;
    private static final int CONNECTIONS = 32;

    private EdgeChart() {}

    static String of(List<EdgeReport.Row> rows) {
        List<EdgeReport.Row> shown =
                rows.stream()
                        .filter(row ->
                                row.mode().equals("kept") && row.connections() == CONNECTIONS)
                        .toList();
        double most = shown.stream().mapToDouble(EdgeReport.Row::perCore).max().orElse(1);
        var out = new StringBuilder();
        int height = TOP + shown.size() * STEP + 10;
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        .formatted(WIDTH, height));
        out.append(
                "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n".formatted(WIDTH, height));
        out.append(
                "<text x=\"12\" y=\"24\" font-weight=\"bold\">calls/s per core, %d connections kept alive (p50 in ms behind)</text>%n"
                        .formatted(CONNECTIONS));
        for (int i = 0; i < shown.size(); i++) {
            out.append(bar(shown.get(i), TOP + i * STEP, most));
        }
        return out.append("</svg>\n").toString();
    }

    private static String bar(EdgeReport.Row row, int y, double most) {
        double length = row.perCore() / most * (WIDTH - LEFT - 170);
        String colour = row.way().equals(EdgeBench.EDGE) ? "#2563eb" : "#94a3b8";
        return String.format(
                Locale.ROOT,
                """
                <text x="12" y="%1$d">%2$s</text>
                <rect x="%3$d" y="%4$d" width="%5$.1f" height="%6$d" fill="%7$s"/>
                <text x="%8$.1f" y="%1$d">%9$,d (%10$.2f)</text>
                """,
                y + 16,
                row.way(),
                LEFT,
                y,
                length,
                BAR,
                colour,
                LEFT + length + 8,
                Math.round(row.perCore()),
                row.figure("p50_ms"));
    }
}
