package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ways of speaking, read from the table `signs.txt`, and a search for all of them at once: those
/// that begin a word are tried only where a word begins with one of their letters.
final class Signs {
    private static final String HEADING = "== ";
    private static final String CAPITALS = "Aa ";
    private static final int LETTERS = 'z' + 1;

    /// A way of speaking and what is said of it.
    record Sign(String why, Pattern said) {}

    private final List<List<Sign>> byLetter = new ArrayList<>();
    private final List<Sign> anywhere = new ArrayList<>();
    private final List<Sign> withCapitals = new ArrayList<>();

    private Signs() {
        for (int letter = 0; letter < LETTERS; letter++) {
            byLetter.add(new ArrayList<>());
        }
    }

    static Signs shipped() {
        var signs = new Signs();
        String why = "";
        for (String line : Tables.lines("signs.txt")) {
            if (line.startsWith(HEADING)) {
                why = line.substring(HEADING.length());
            } else {
                signs.add(why, line);
            }
        }
        return signs;
    }

    private void add(String why, String line) {
        boolean capitals = line.startsWith(CAPITALS);
        String pattern = capitals ? line.substring(CAPITALS.length()) : line;
        var sign = new Sign(why, Pattern.compile(pattern, Pattern.MULTILINE));
        if (capitals) {
            withCapitals.add(sign);
            return;
        }
        String letters = Beginnings.of(pattern);
        if (letters.isEmpty()) {
            anywhere.add(sign);
        }
        letters.chars().distinct().forEach(letter -> byLetter.get(letter).add(sign));
    }

    /// What is said of the first sign found; `null` if there is none.
    @Nullable String in(String said) {
        String small = said.toLowerCase(Locale.ROOT);
        String why = beginningAWord(small);
        if (why == null) {
            why = among(anywhere, small);
        }
        return why == null ? among(withCapitals, said) : why;
    }

    private static @Nullable String among(List<Sign> signs, String said) {
        for (Sign sign : signs) {
            if (sign.said.matcher(said).find()) {
                return sign.why;
            }
        }
        return null;
    }

    private @Nullable String beginningAWord(String said) {
        Matcher matcher = null;
        boolean inside = false;
        for (int at = 0; at < said.length(); at++) {
            char c = said.charAt(at);
            boolean word = wordCharacter(c);
            if (word && !inside) {
                for (Sign sign : byLetter.get(c)) {
                    matcher = matcher == null ? sign.said.matcher(said) : matcher;
                    if (startsAt(matcher.usePattern(sign.said), at)) {
                        return sign.why;
                    }
                }
            }
            inside = word;
        }
        return null;
    }

    // What stands before is seen by `\b` and by looking back.
    private static boolean startsAt(Matcher matcher, int at) {
        matcher.useTransparentBounds(true).useAnchoringBounds(false);
        return matcher.region(at, matcher.regionEnd()).lookingAt();
    }

    // As `\b` sees it; in small letters.
    private static boolean wordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}
