package dev.daypass.cli.command;

import java.util.ArrayList;
import java.util.List;

/// Rows under headings, in columns as wide as their widest cell. The last column is as wide as it
/// likes.
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    /// @param cells text from anywhere; as many as there are headings
    Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has one cell under each heading");
        }
        var visible = new ArrayList<String>();
        for (String cell : cells) {
            visible.add(Visible.of(cell));
        }
        rows.add(visible);
        return this;
    }

    boolean empty() {
        return rows.size() == 1;
    }

    /// The table, or what is said when there are no rows.
    List<String> linesOr(String none) {
        return empty() ? List.of(none) : lines();
    }

    List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var out = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            out.append(i == 0 ? "" : GAP).append(cell);
            out.repeat(' ', widths[i] - width(cell));
        }
        return out.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
