package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;

/// Reads a YAML scalar that stands on one line once more, to learn from which column each of its
/// characters came.
final class ScalarColumns {
    private static final int[] UNKNOWN = {};

    private final int[] raw;
    private final StringBuilder decoded = new StringBuilder();
    private final List<Integer> columns = new ArrayList<>();
    private int next;

    private ScalarColumns(String raw) {
        this.raw = raw.codePoints().toArray();
    }

    /// For each code point of the value, and for its end, the code points from the start of the
    /// scalar; empty where the scalar does not stand on this line as it is.
    ///
    /// @param raw the line from the scalar's start
    /// @param value the scalar's value
    static int[] of(String raw, String value) {
        if (raw.isEmpty()) {
            return UNKNOWN;
        }
        var reader = new ScalarColumns(raw);
        boolean whole =
                switch (raw.charAt(0)) {
                    case '"' -> reader.doubleQuoted();
                    case '\'' -> reader.singleQuoted();
                    default -> reader.plain(value.codePointCount(0, value.length()));
                };
        return whole && reader.decoded.toString().equals(value)
                ? reader.columns.stream().mapToInt(Integer::intValue).toArray()
                : UNKNOWN;
    }

    private boolean plain(int length) {
        while (next < raw.length && next < length) {
            take(raw[next], 1);
        }
        columns.add(next);
        return true;
    }

    private boolean singleQuoted() {
        next = 1;
        while (next < raw.length) {
            if (raw[next] != '\'') {
                take(raw[next], 1);
            } else if (next + 1 < raw.length && raw[next + 1] == '\'') {
                take('\'', 2);
            } else {
                columns.add(next);
                return true;
            }
        }
        return false;
    }

    private boolean doubleQuoted() {
        next = 1;
        while (next < raw.length) {
            if (raw[next] == '"') {
                columns.add(next);
                return true;
            }
            if (raw[next] != '\\') {
                take(raw[next], 1);
            } else if (next + 1 < raw.length && "\"\\/".indexOf(raw[next + 1]) >= 0) {
                take(raw[next + 1], 2);
            } else {
                return false;
            }
        }
        return false;
    }

    private void take(int codePoint, int width) {
        decoded.appendCodePoint(codePoint);
        columns.add(next);
        next += width;
    }
}
