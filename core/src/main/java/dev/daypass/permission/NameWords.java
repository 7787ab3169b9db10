package dev.daypass.permission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words inside names that programs use: `listPaymentMethods`, `list_payment_methods`,
/// `list-payment-methods` and `ListPAYMENTMethods` are all `list payment methods`.
public final class NameWords {
    private NameWords() {}

    /// The words of a name in order, in lower case; digits end a word and are left out.
    public static List<String> split(String name) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetter(c)) {
                end(word, words);
                continue;
            }
            if (startsWord(name, i)) {
                end(word, words);
            }
            word.append(c);
        }
        end(word, words);
        return words;
    }

    // `aB` begins a word at B; `ABc` begins one at B, so that `HTTPServer` is `http server`.
    private static boolean startsWord(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        boolean lowerNext = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return Character.isLowerCase(name.charAt(i - 1))
                || (Character.isUpperCase(name.charAt(i - 1)) && lowerNext);
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    /// The words of a name as they may be looked up: each as written and in the singular, and each
    /// two neighbours as one, so that `sign_in`, `signIn` and `signin` are found alike.
    static Set<String> lookup(String name) {
        List<String> words = split(name);
        var out = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            add(words.get(i), out);
            if (i > 0) {
                add(words.get(i - 1) + words.get(i), out);
            }
        }
        return out;
    }

    private static void add(String word, Set<String> out) {
        out.add(word);
        out.add(singular(word));
    }

    /// A word without its plural ending, by spelling alone.
    static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        for (String ending : List.of("sses", "shes", "ches", "xes", "zes")) {
            if (word.endsWith(ending)) {
                return word.substring(0, word.length() - 2);
            }
        }
        boolean plural = word.length() > 3 && word.endsWith("s");
        return plural && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
