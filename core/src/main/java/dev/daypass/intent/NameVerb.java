package dev.daypass.intent;

import java.util.List;
import java.util.Set;

/// Finds the word in a name that says what is done: `get` in `getOrder`, `close` in `issues-close`,
/// `add` in `cart_add_product`.
final class NameVerb {
    // Words that no thing is called by.
    private static final Set<String> PLAIN =
            Lexicon.words("get list search find read view fetch retrieve browse lookup");
    private static final Set<String> PREPOSITIONS =
            Lexicon.words("by in for of from with at on per to via through using");
    private static final Set<String> NO_PLURAL = Set.of("access", "process");

    private NameVerb() {}

    /// @param reads whether the operation changes nothing
    /// @return its place; -1 if no word says it
    static int in(List<String> words, boolean reads) {
        int plain = reads ? first(words, PLAIN) : -1;
        if (plain >= 0) {
            return plain;
        }
        boolean thingFirst = words.size() > 1 && plural(words.getFirst());
        for (int i = thingFirst ? 1 : 0; i < words.size(); i++) {
            if (verb(words, i, thingFirst, reads)) {
                return i;
            }
            if (PREPOSITIONS.contains(words.get(i))) {
                break;
            }
        }
        return reads ? -1 : firstKnown(words);
    }

    private static boolean verb(List<String> words, int i, boolean thingFirst, boolean reads) {
        String word = words.get(i);
        if (!known(word)) {
            return false;
        }
        if (thingFirst) {
            return !nounLike(words, i);
        }
        return i == 0
                ? !Verbal.either(word) || (words.size() > 1 && acts(words, reads))
                : !Verbal.either(word) && !nounLike(words, i);
    }

    // `order_history` begins with a noun, `share_file` with a verb: for an operation that only
    // looks
    // it is a noun, unless it is a way of looking.
    private static boolean acts(List<String> words, boolean reads) {
        return !reads || Lexicon.reading(Stem.of(words.getFirst()));
    }

    private static boolean plural(String word) {
        return word.length() > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !NO_PLURAL.contains(word);
    }

    private static boolean nounLike(List<String> words, int i) {
        String word = words.get(i);
        return (word.endsWith("s") && i > 0) || word.endsWith("ing") || word.endsWith("ed");
    }

    private static int first(List<String> words, Set<String> of) {
        for (int i = 0; i < words.size(); i++) {
            if (of.contains(words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int firstKnown(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (known(words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean known(String word) {
        return !Lexicon.groups(Stem.of(word)).isEmpty();
    }
}
