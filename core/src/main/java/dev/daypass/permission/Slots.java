package dev.daypass.permission;

import java.text.Normalizer;
import java.util.Locale;

/// How the slots of constraints are named, and which names of parameters are too close.
final class Slots {
    static final String PATH = "path.";
    static final String QUERY = "query.";
    static final String HEADER = "header.";
    static final String BODY = "body.";

    private Slots() {}

    /// Whether some server takes two different names for one query parameter. Some ignore case,
    /// some write `_` for a dot or a space, some take `from[]` and `from[0]` for `from`.
    static boolean alike(String a, String b) {
        String x = folded(a);
        String y = folded(b);
        return x.equals(y) || isMember(x, y) || isMember(y, x);
    }

    private static boolean isMember(String name, String of) {
        return name.length() > of.length()
                && name.charAt(of.length()) == '['
                && name.startsWith(of);
    }

    /// Whether some server takes two different names for one member of a JSON object. Beside what
    /// holds for a query, some take `max_price`, `max-price` and `maxPrice` for one.
    static boolean alikeInBody(String a, String b) {
        return alike(a, b) || letters(a).equals(letters(b));
    }

    private static String letters(String name) {
        return folded(name)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String folded(String name) {
        // ASCII is its own plainest form, and has one small letter for each capital.
        return isAscii(name)
                ? underscored(name).toLowerCase(Locale.ROOT)
                : underscored(Normalizer.normalize(name, Normalizer.Form.NFKC))
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
    }

    private static String underscored(String name) {
        return name.strip().replace('.', '_').replace(' ', '_');
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
