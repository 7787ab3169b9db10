package dev.daypass.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which things words speak of: `booking` of a reservation, `how much is left` of a balance.
final class Things {
    private static final Map<String, Set<String>> MEANT = new HashMap<>();
    private static final Map<String, List<Saying>> SAYINGS = new HashMap<>();
    private static final Map<String, Set<String>> LOOSE = new HashMap<>();

    static {
        for (Tables.Row row : Tables.rows("things.txt", ":")) {
            String thing = Stem.of(row.head());
            add(thing, thing);
            row.words().forEach(word -> add(Stem.of(word), thing));
        }
        for (Tables.Row row : Tables.rows("sayings.txt", ":")) {
            String thing = Stem.of(row.head());
            add(thing, thing);
            row.words().forEach(word -> loose(Tables.stems(word), thing));
        }
    }

    private Things() {}

    /// Words that speak of a thing only together.
    ///
    /// @param rest stems that follow the first, with at most two words between
    record Saying(List<String> rest, String thing) {}

    private static void add(String word, String thing) {
        Set<String> meanings = MEANT.computeIfAbsent(word, _ -> new LinkedHashSet<>());
        meanings.add(word);
        meanings.add(thing);
    }

    private static void loose(List<String> stems, String thing) {
        String first = stems.getFirst();
        if (stems.size() > 1) {
            SAYINGS.computeIfAbsent(first, _ -> new ArrayList<>())
                    .add(new Saying(stems.subList(1, stems.size()), thing));
        } else if (!MEANT.getOrDefault(first, Set.of()).contains(thing)) {
            LOOSE.computeIfAbsent(first, _ -> new HashSet<>()).add(thing);
            add(first, thing);
        }
    }

    /// The things that a word may stand for, itself included.
    static Set<String> of(String stem) {
        Set<String> known = MEANT.get(stem);
        return known == null ? Set.of(stem) : known;
    }

    /// Whether a word speaks of a thing less plainly than a name of it does.
    static boolean loosely(String stem, String thing) {
        return LOOSE.getOrDefault(stem, Set.of()).contains(thing);
    }

    /// The sayings that begin with a word.
    static List<Saying> sayings(String stem) {
        return SAYINGS.getOrDefault(stem, List.of());
    }

    static boolean known(String stem) {
        return MEANT.containsKey(stem);
    }

    /// Every word for a thing, as stems.
    static Set<String> words() {
        return MEANT.keySet();
    }
}
