package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;

/// With which letters what a pattern finds can begin. Knows only what the table of signs writes:
/// letters and groups of alternatives behind a `\b`.
final class Beginnings {
    private static final String WORD = "\\b";
    private static final String GROUP = "(?:";

    private Beginnings() {}

    /// @return its letters; empty where it may begin with anything
    static String of(String pattern) {
        return pattern.startsWith(WORD) ? first(pattern.substring(WORD.length())) : "";
    }

    private static String first(String pattern) {
        if (pattern.startsWith(GROUP)) {
            return ofGroup(pattern);
        }
        if (pattern.isEmpty() || pattern.charAt(0) < 'a' || pattern.charAt(0) > 'z') {
            return "";
        }
        String letter = pattern.substring(0, 1);
        String rest = pattern.substring(1);
        return mayBeLeftOut(rest) ? both(letter, first(rest.substring(1))) : letter;
    }

    private static String ofGroup(String pattern) {
        var letters = new StringBuilder();
        int end = behind(pattern, 0) - 1;
        for (String alternative : alternatives(pattern.substring(GROUP.length(), end))) {
            String some = first(alternative);
            if (some.isEmpty()) {
                return "";
            }
            letters.append(some);
        }
        String rest = pattern.substring(end + 1);
        return mayBeLeftOut(rest)
                ? both(letters.toString(), first(rest.substring(1)))
                : letters.toString();
    }

    private static String both(String letters, String others) {
        return others.isEmpty() ? "" : letters + others;
    }

    private static boolean mayBeLeftOut(String rest) {
        return !rest.isEmpty() && "?*{".indexOf(rest.charAt(0)) >= 0;
    }

    private static List<String> alternatives(String group) {
        var out = new ArrayList<String>();
        int start = 0;
        int at = 0;
        while (at < group.length()) {
            if (group.charAt(at) == '|') {
                out.add(group.substring(start, at));
                start = at + 1;
                at = start;
            } else {
                at = behind(group, at);
            }
        }
        out.add(group.substring(start));
        return out;
    }

    // Behind the character, class or group that stands there.
    private static int behind(String pattern, int start) {
        int at = start + 1;
        switch (pattern.charAt(start)) {
            case '\\' -> at++;
            case '[' -> {
                while (pattern.charAt(at) != ']') {
                    at += pattern.charAt(at) == '\\' ? 2 : 1;
                }
                at++;
            }
            case '(' -> {
                while (pattern.charAt(at) != ')') {
                    at = behind(pattern, at);
                }
                at++;
            }
            default -> {}
        }
        return at;
    }
}
