package dev.daypass.permission;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The segments of a path, decoded, each of which every server reads alike.
final class PathSegments {
    private PathSegments() {}

    /// @param path visible ASCII, starting with `/`
    /// @throws AmbiguousRequest naming what two servers might read differently
    static List<String> parse(String path) {
        String[] raw = path.substring(1).split("/", -1);
        var out = new ArrayList<String>(raw.length);
        for (int i = 0; i < raw.length; i++) {
            String segment = PercentCoding.decode(raw[i], false);
            if (segment.isEmpty() && i < raw.length - 1) {
                throw new AmbiguousRequest("path holds an empty segment");
            }
            requirePlain(segment);
            String folded = folded(segment);
            if (!folded.equals(segment)) {
                requirePlain(folded);
                if (folded.isEmpty()) {
                    throw new AmbiguousRequest("path holds an empty segment");
                }
            }
            out.add(segment);
        }
        return List.copyOf(out);
    }

    private static void requirePlain(String segment) {
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            throw new AmbiguousRequest("path holds a segment that ends with a dot or a space");
        }
        if (segment.indexOf(';') >= 0) {
            throw new AmbiguousRequest("path holds a `;`");
        }
        if (segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0) {
            throw new AmbiguousRequest("path holds an encoded separator");
        }
        if (decodesAgain(segment)) {
            throw new AmbiguousRequest("path is percent-encoded twice");
        }
    }

    /// What is left of a segment where capitals count as small letters and every character as its
    /// plainest form.
    static String caseless(String segment) {
        return folded(segment).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    // What a server sees that maps characters to plainer ones and drops invisible ones: full-width
    // forms become ASCII, every white space a space.
    private static String folded(String segment) {
        if (Slots.isAscii(segment)) {
            return segment;
        }
        var out = new StringBuilder();
        Normalizer.normalize(segment, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.isSpaceChar(c) ? ' ' : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    // `%2e`, and `%u002e` as some servers have it: a second decoding would change what was matched.
    private static boolean decodesAgain(String segment) {
        for (int at = segment.indexOf('%'); at >= 0; at = segment.indexOf('%', at + 1)) {
            boolean byNumber =
                    at + 1 < segment.length()
                            && (segment.charAt(at + 1) == 'u' || segment.charAt(at + 1) == 'U');
            if (hexAt(segment, at + 1, 2) || (byNumber && hexAt(segment, at + 2, 4))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hexAt(String text, int from, int digits) {
        for (int i = from; i < from + digits; i++) {
            if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
