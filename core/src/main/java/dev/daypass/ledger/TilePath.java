package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.util.Locale;

/// Where a tile is below the ledger's address (C2SP `tlog-tiles`): `0/x001/234`, `0/x001/234.p/7`,
/// `entries/017`.
///
/// @param level of the tile; [#ENTRIES] for the entries themselves
/// @param number how many of its level are left of it
/// @param width 1 to 256 hashes
public record TilePath(int level, long number, int width) {
    public static final int ENTRIES = -1;

    private static final int LEVEL_MAX = 63;
    private static final int GROUP = 1_000;
    private static final int GROUPS_MAX = 6;

    /// @throws WireException if it is no path of a tile
    public static TilePath parse(String path) {
        String[] parts = path.split("/", -1);
        int last = parts.length - 1;
        int width = Tiles.WIDTH;
        if (last >= 2 && parts[last - 1].endsWith(".p")) {
            width = number(parts[last], Tiles.WIDTH - 1);
            parts[last - 1] = parts[last - 1].substring(0, parts[last - 1].length() - 2);
            last--;
        }
        if (last < 1 || last > GROUPS_MAX || width == 0) {
            throw none();
        }
        int level = parts[0].equals("entries") ? ENTRIES : number(parts[0], LEVEL_MAX);
        long number = 0;
        for (int i = 1; i <= last; i++) {
            number = number * GROUP + group(parts[i], i < last);
        }
        var out = new TilePath(level, number, width);
        // One path for each tile: no leading groups of zeros.
        if (!out.toString().equals(path)) {
            throw none();
        }
        return out;
    }

    private static int group(String text, boolean more) {
        String digits = more && text.startsWith("x") ? text.substring(1) : text;
        if (digits.length() != 3 || more == digits.equals(text)) {
            throw none();
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + digit(digits.charAt(i));
        }
        return value;
    }

    private static int number(String text, int max) {
        if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.startsWith("0"))) {
            throw none();
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            value = value * 10 + digit(text.charAt(i));
        }
        if (value > max) {
            throw none();
        }
        return value;
    }

    private static int digit(char c) {
        if (c < '0' || c > '9') {
            throw none();
        }
        return c - '0';
    }

    private static WireException none() {
        return new WireException(
                "not the path of a tile, such as `0/x001/234.p/7` or `entries/017`");
    }

    @Override
    public String toString() {
        var out = new StringBuilder("%03d".formatted(number % GROUP));
        for (long rest = number / GROUP; rest > 0; rest /= GROUP) {
            out.insert(0, String.format(Locale.ROOT, "x%03d/", rest % GROUP));
        }
        return (level == ENTRIES ? "entries" : String.valueOf(level))
                + "/"
                + out
                + (width == Tiles.WIDTH ? "" : ".p/" + width);
    }
}
