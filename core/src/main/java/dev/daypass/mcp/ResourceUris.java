package dev.daypass.mcp;

import dev.daypass.permission.AmbiguousRequest;
import java.util.Locale;

/// Addresses of resources that every server reads alike.
final class ResourceUris {
    private static final int CHARS_MAX = 2_048;

    private ResourceUris() {}

    /// A bound on the beginning of an address says nothing where it leads back: `file:///a/../b`.
    ///
    /// @throws AmbiguousRequest naming what two servers might read differently
    static void requirePlain(String uri) {
        if (uri.length() > CHARS_MAX) {
            throw new AmbiguousRequest("`uri` is longer than %d characters".formatted(CHARS_MAX));
        }
        if (uri.chars().anyMatch(c -> c <= 0x20 || c == 0x7f || c == '\\')) {
            throw new AmbiguousRequest("`uri` holds a character that must be percent-encoded");
        }
        String plain = uri.toLowerCase(Locale.ROOT);
        if (plain.contains("%2e")
                || plain.contains("%2f")
                || plain.contains("%5c")
                || plain.contains("%25")
                || plain.contains("%00")) {
            throw new AmbiguousRequest("`uri` holds an encoded dot, separator or percent sign");
        }
        int end = plain.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = plain.indexOf(mark);
            end = at >= 0 && at < end ? at : end;
        }
        for (String segment : plain.substring(0, end).split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new AmbiguousRequest("`uri` holds a dot segment");
            }
        }
    }
}
