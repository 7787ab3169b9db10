package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes names in code apart: `listPaymentMethods` is list, payment, methods.
final class Names {
    private Names() {}

    static List<String> words(String name) {
        var out = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetter(c);
            if (!letter || begins(name, i)) {
                end(word, out);
            }
            if (letter) {
                word.append(c);
            }
        }
        end(word, out);
        return out;
    }

    private static boolean begins(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        boolean lowerNext = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return Character.isLowerCase(name.charAt(i - 1))
                || (Character.isUpperCase(name.charAt(i - 1)) && lowerNext);
    }

    private static void end(StringBuilder word, List<String> out) {
        if (!word.isEmpty()) {
            out.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}
