package dev.daypass.intent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the known word that a misspelt one stands for: one letter too many, too few, wrong, or two
/// letters swapped, and the first letter right. Through deletions of one letter on both sides.
final class Spelling {
    private static final int CHARS_MIN = 5;
    private static final int CHARS_MAX = 24;
    private static final Set<String> FINE =
            Lexicon.stems(
                    """
                    chance sheet chair there their where these those other under after again never every while which about
                    house mouse horse price prize place plane plate table cable stable world words right night light sight fight
                    three street sister brother mother father thing think thank blank black block clock month mouth south north
                    great green greet white write quite quiet quick thick trick track truck trust crust first thirst small smell
                    still style space spice spare share shape shade stare store stone story short shore score power tower lower
                    flower water later paper wiper sugar cigar coffee office latter letter better bitter butter battle bottle
                    little title table noble double trouble couple people person reason season lesson listen fasten hasten\
                    """);
    private static final Map<String, List<String>> NEAR = near();

    private Spelling() {}

    /// The stem that is meant.
    static String of(String stem) {
        if (stem.length() < CHARS_MIN - 1
                || stem.length() > CHARS_MAX
                || Lexicon.known(stem)
                || FINE.contains(stem)
                || !stem.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return stem;
        }
        var found = new ArrayList<String>(NEAR.getOrDefault(stem, List.of()));
        for (int i = 1; i < stem.length(); i++) {
            found.addAll(NEAR.getOrDefault(without(stem, i), List.of()));
        }
        return found.stream()
                .filter(word -> word.charAt(0) == stem.charAt(0) && word.length() >= CHARS_MIN - 1)
                .filter(word -> distance(word, stem) == 1)
                .min(
                        Comparator.comparingInt((String w) -> Lexicon.groups(w).isEmpty() ? 1 : 0)
                                .thenComparingInt(w -> Math.abs(w.length() - stem.length()))
                                .thenComparing(Comparator.naturalOrder()))
                .orElse(stem);
    }

    private static Map<String, List<String>> near() {
        var out = new HashMap<String, List<String>>();
        for (String word : Lexicon.vocabulary()) {
            if (word.length() >= CHARS_MIN - 1
                    && word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
                out.computeIfAbsent(word, _ -> new ArrayList<>()).add(word);
                for (int i = 1; i < word.length(); i++) {
                    out.computeIfAbsent(without(word, i), _ -> new ArrayList<>()).add(word);
                }
            }
        }
        return out;
    }

    private static String without(String word, int at) {
        return word.substring(0, at) + word.substring(at + 1);
    }

    /// 1 if one edit or one swap of neighbours makes `b` of `a`; else some other number.
    static int distance(String a, String b) {
        int from = 0;
        while (from < a.length() && from < b.length() && a.charAt(from) == b.charAt(from)) {
            from++;
        }
        String x = a.substring(from);
        String y = b.substring(from);
        if (x.isEmpty() && y.isEmpty()) {
            return 0;
        }
        boolean missing = x.length() == y.length() + 1 && x.substring(1).equals(y);
        boolean more = y.length() == x.length() + 1 && y.substring(1).equals(x);
        boolean wrong = x.length() == y.length() && x.substring(1).equals(y.substring(1));
        boolean swapped =
                x.length() == y.length()
                        && x.length() > 1
                        && x.charAt(0) == y.charAt(1)
                        && x.charAt(1) == y.charAt(0)
                        && x.substring(2).equals(y.substring(2));
        return missing || more || (wrong && a.length() > 7) || swapped ? 1 : 2;
    }
}
