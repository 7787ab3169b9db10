package dev.daypass.policy;

import dev.daypass.wire.Yaml;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a scalar stands in its file. Offsets into a scalar on one line, plain or quoted, map to
/// the column in the file; offsets into any other are told in words beside the scalar's start.
final class Place {
    private static final Pattern POSITION = Pattern.compile(":(\\d+):(\\d+): .*", Pattern.DOTALL);

    private final String source;
    private final int line;
    private final int column;
    private final String rest;
    private final int[] columns;

    private Place(String source, int line, int column, String rest, int[] columns) {
        this.source = source;
        this.line = line;
        this.column = column;
        this.rest = rest;
        this.columns = columns;
    }

    static Place of(Yaml value, String source, String file) {
        Matcher at =
                POSITION.matcher(
                        String.valueOf(value.error("").getMessage()).substring(source.length()));
        if (!at.matches()) {
            return new Place(source, 1, 1, "", new int[0]);
        }
        int line = Integer.parseInt(at.group(1));
        int column = Integer.parseInt(at.group(2));
        String rest = after(file, line, column);
        return new Place(source, line, column, rest, ScalarColumns.of(rest, value.string()));
    }

    /// Whether the file has that character where the scalar starts.
    boolean startsWith(char c) {
        return !rest.isEmpty() && rest.charAt(0) == c;
    }

    String at(int offset) {
        return "%s:%d:%d"
                .formatted(source, line, mapped(offset) ? column + columns[offset] : column);
    }

    /// Where in the scalar's own text the offset is; empty where [#at] tells it already.
    String inWords(String text, int offset) {
        if (offset == 0 || mapped(offset)) {
            return "";
        }
        String before =
                text.substring(0, text.offsetByCodePoints(0, Math.min(offset, codePoints(text))));
        int start = before.lastIndexOf('\n') + 1;
        return " (line %d, column %d of the condition)"
                .formatted(
                        before.chars().filter(c -> c == '\n').count() + 1,
                        codePoints(before.substring(start)) + 1);
    }

    private boolean mapped(int offset) {
        return offset < columns.length;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String after(String file, int line, int column) {
        String whole = file.startsWith("\ufeff") ? file.substring(1) : file;
        String text = whole.lines().skip(line - 1L).findFirst().orElse("");
        return column - 1 <= codePoints(text)
                ? text.substring(text.offsetByCodePoints(0, column - 1))
                : "";
    }
}
