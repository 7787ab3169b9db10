package dev.daypass.config;

import java.util.Collection;
import java.util.Comparator;

/// Finds what somebody probably meant.
final class Nearest {
    private Nearest() {}

    /// The candidate with the fewest edits to `word`; the first in order among equals.
    static String to(String word, Collection<String> candidates) {
        return candidates.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
    }

    /// Levenshtein's distance: insertions, deletions and replacements of one character.
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] line = new int[to.length() + 1];
            line[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int edited = Math.min(above[column], line[column - 1]) + 1;
                line[column] = Math.min(edited, above[column - 1] + replaced);
            }
            above = line;
        }
        return above[to.length()];
    }
}
