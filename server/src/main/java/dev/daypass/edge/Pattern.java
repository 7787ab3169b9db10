package dev.daypass.edge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One text to be found, each of its characters in any of the ways in which it may be written.
final class Pattern {
    private static final int BYTES = 256;
    private static final byte[][][] ESCAPED = new byte[BYTES][][];
    private static final byte[][][] HEX = new byte[BYTES][][];

    static {
        for (int c = 0; c < BYTES; c++) {
            ESCAPED[c] = ascii(escapes(c));
            String hex = HexFormat.of().toHexDigits((byte) c);
            HEX[c] = ascii(new LinkedHashSet<>(List.of(hex, hex.toUpperCase(Locale.ROOT))));
        }
    }

    private final byte[][][] steps;

    private Pattern(byte[][][] steps) {
        this.steps = steps;
    }

    /// A text, one byte a character, in which any character may be escaped.
    static Pattern text(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1), ESCAPED);
    }

    /// Bytes in hexadecimal digits, small or capital.
    static Pattern hex(byte[] bytes) {
        return of(bytes, HEX);
    }

    private static Pattern of(byte[] bytes, byte[][][] ways) {
        var steps = new byte[bytes.length][][];
        for (int i = 0; i < bytes.length; i++) {
            steps[i] = ways[bytes[i] & 0xff];
        }
        return new Pattern(steps);
    }

    /// As it is; in a URL, once and twice; in JSON and JavaScript; in HTML and XML.
    private static Set<String> escapes(int c) {
        var out = new LinkedHashSet<String>();
        out.add(String.valueOf((char) c));
        for (HexFormat hex : new HexFormat[] {HexFormat.of(), HexFormat.of().withUpperCase()}) {
            String digits = hex.toHexDigits((byte) c);
            out.add("%" + digits);
            out.add("%25" + digits);
            out.add("\\u00" + digits);
            out.add("\\x" + digits);
            out.add("&#x" + digits + ";");
            out.add("&#X" + digits + ";");
        }
        out.add("&#" + c + ";");
        out.add("&#0" + c + ";");
        switch (c) {
            case ' ' -> out.add("+");
            case '/' -> out.add("\\/");
            case '\\' -> out.add("\\\\");
            case '"' -> out.addAll(Set.of("\\\"", "&quot;"));
            case '\'' -> out.addAll(Set.of("\\'", "&apos;"));
            case '&' -> out.add("&amp;");
            case '<' -> out.add("&lt;");
            case '>' -> out.add("&gt;");
            default -> {
                // No other has a name of its own that encoders use.
            }
        }
        return out;
    }

    private static byte[][] ascii(Set<String> ways) {
        return ways.stream()
                .map(way -> way.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /// Takes two bytes with which an occurrence may begin.
    @FunctionalInterface
    interface Start {
        void take(int first, int second);
    }

    void starts(Start to) {
        for (byte[] way : steps[0]) {
            if (way.length > 1) {
                to.take(way[0] & 0xff, way[1] & 0xff);
            } else {
                for (byte[] next : steps[1]) {
                    to.take(way[0] & 0xff, next[0] & 0xff);
                }
            }
        }
    }

    /// What is there at one place of a text that may go on.
    ///
    /// @param end where the longest occurrence that begins here ends; -1 for none
    /// @param open whether more text could make an occurrence, or a longer one
    record Found(int end, boolean open) {
        private static final Found NOTHING = new Found(-1, false);
        private static final Found OPEN = new Found(-1, true);
    }

    Found at(byte[] bytes, int start) {
        int[] ends = {start};
        boolean open = false;
        for (byte[][] step : steps) {
            int[] next = new int[ends.length * step.length];
            int count = 0;
            for (int from : ends) {
                for (byte[] way : step) {
                    int left = Math.min(way.length, bytes.length - from);
                    if (!Arrays.equals(bytes, from, from + left, way, 0, left)) {
                        continue;
                    }
                    if (left < way.length) {
                        open = true;
                    } else {
                        count = add(next, count, from + way.length);
                    }
                }
            }
            if (count == 0) {
                return open ? Found.OPEN : Found.NOTHING;
            }
            ends = Arrays.copyOf(next, count);
        }
        return new Found(Arrays.stream(ends).max().orElse(-1), open);
    }

    private static int add(int[] to, int count, int end) {
        for (int i = 0; i < count; i++) {
            if (to[i] == end) {
                return count;
            }
        }
        to[count] = end;
        return count + 1;
    }

    @Override
    public String toString() {
        return "Pattern[redacted]";
    }
}
