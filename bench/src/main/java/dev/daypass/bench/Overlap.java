package dev.daypass.bench;

import dev.daypass.permission.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The plainest way to find an operation, as a reference for the parser: every name is looked at,
/// and the one that shares most words with the text is the best.
final class Overlap {
    private static final Pattern WORD = Pattern.compile("\\p{Lu}?[\\p{Ll}\\p{N}]+|\\p{Lu}+");

    private final List<Set<String>> names;

    Overlap(List<Operation> operations) {
        this.names = operations.stream().map(o -> words(o.id().name())).toList();
    }

    /// The place of the best; 0 if all are alike.
    int best(String text) {
        Set<String> said = words(text);
        int best = 0;
        int most = 0;
        for (int i = 0; i < names.size(); i++) {
            int shared = 0;
            for (String word : names.get(i)) {
                shared += said.contains(word) ? 1 : 0;
            }
            if (shared > most) {
                most = shared;
                best = i;
            }
        }
        return best;
    }

    private static Set<String> words(String text) {
        var out = new HashSet<String>();
        WORD.matcher(text)
                .results()
                .forEach(word -> out.add(word.group().toLowerCase(Locale.ROOT)));
        return out;
    }
}
