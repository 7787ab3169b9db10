package dev.daypass.intent;

import java.util.Locale;

/// The form in which words are compared: lower case, without the endings of plural and tense, so
/// that `share`, `shared` and `sharing` meet. Forms that no rule finds are listed.
final class Stem {
    private static final java.util.Map<String, String> IRREGULAR =
            pairs(
                    """
                    paid pay sent send bought buy sold sell gave give given give made make
                    left leave wrote write written write read read told tell said say got get gotten get
                    took take taken take put put set set kept keep found find shown show
                    people person children child men man women woman feet foot
                    booking booking bookings booking meeting meeting meetings meeting
                    rating rating ratings rating setting setting settings setting
                    opening opening openings opening building building buildings building
                    listing listing listings listing billing billing
                    invited invite inviting invite
                    data data media media series series news news status status address address
                    addresses address analysis analysis canvas canvas bus bus gas gas
                    access access process process processes process business business class class
                    classes class boss boss pass pass passes pass miss miss dress dress
                    movies movie cookies cookie ties tie pies pie selfies selfie calories calorie
                    this this is is was was has has its its less less\
                    """);

    private Stem() {}

    private static java.util.Map<String, String> pairs(String text) {
        var out = new java.util.HashMap<String, String>();
        String[] words = text.split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            out.put(words[i], words[i + 1]);
        }
        return java.util.Map.copyOf(out);
    }

    static String of(String word) {
        String w = word.toLowerCase(Locale.ROOT);
        String known = IRREGULAR.get(w);
        return known != null ? tail(known) : tail(ending(plural(w)));
    }

    private static String plural(String w) {
        if (w.length() > 4 && w.endsWith("ies")) {
            return w.substring(0, w.length() - 3) + "y";
        }
        for (String ending : new String[] {"sses", "xes", "ches", "shes", "zes"}) {
            if (w.endsWith(ending) && w.length() > ending.length() + 1) {
                return w.substring(0, w.length() - 2);
            }
        }
        boolean plural = w.length() > 3 && w.endsWith("s");
        return plural && !w.endsWith("ss") && !w.endsWith("us") && !w.endsWith("is")
                ? w.substring(0, w.length() - 1)
                : w;
    }

    private static String ending(String w) {
        if (w.length() > 5 && w.endsWith("ing")) {
            return w.substring(0, w.length() - 3);
        }
        if (w.length() > 4 && w.endsWith("ied")) {
            return w.substring(0, w.length() - 3) + "y";
        }
        if (w.length() > 4 && w.endsWith("ed") && !w.endsWith("eed")) {
            return w.substring(0, w.length() - 2);
        }
        return w;
    }

    // `share` and `shar`, `cancell` and `cancel` are one.
    private static String tail(String w) {
        if (w.length() > 3 && w.endsWith("e")) {
            w = w.substring(0, w.length() - 1);
        }
        int n = w.length();
        return n > 3 && w.charAt(n - 1) == w.charAt(n - 2) && "aeiou".indexOf(w.charAt(n - 1)) < 0
                ? w.substring(0, n - 1)
                : w;
    }
}
