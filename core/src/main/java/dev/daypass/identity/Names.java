package dev.daypass.identity;

import java.util.regex.Pattern;

final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    static void requireName(String kind, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new InvalidName(
                    "%s `%s` is not a name; permitted: 1 to 63 of a-z, 0-9 and -, starting with a letter or digit"
                            .formatted(kind, shortened(value)));
        }
    }

    private static String shortened(String value) {
        String printable = value.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
    }
}
