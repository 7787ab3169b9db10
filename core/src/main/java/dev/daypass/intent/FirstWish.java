package dev.daypass.intent;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The part of a task up to the end of the first sentence that asks for something.
///
/// Where it ends is read off its own words alone, outside of quotations: whatever a new sentence
/// behind it says, the part stays the same.
final class FirstWish {
    /// Sentences that are looked at; a wish behind them is a later one.
    private static final int SENTENCES_MAX = 12;

    private static final Set<String> WISHING =
            Lexicon.words(
                    """
                    want need would i'd like looking wonder wondering curious please pls must should can could\
                    """);
    private static final Set<String> STATING =
            Lexicon.words(
                    """
                    i i'm i've we we're we've he she they it it's is are was were been has had will my our hi hello hey
                    thanks sorry dear good\
                    """);
    private static final Set<String> OPENING =
            Lexicon.words(
                    """
                    also then and please now next finally but additionally moreover furthermore after afterwards plus oh
                    ps besides i we you the when once if before while as for to let make do don't my his her their our
                    its one someone he she it they this that these those there here no not all any some every each
                    whatever whoever whenever where who what why how which is are be was has have had will would could
                    should can may might must in on at by from with without under instead actually think imagine suppose
                    remember house first second another nobody everybody everyone people somebody let's otherwise
                    however still again only just anyway right okay ok yes well hey hello dear sir thanks thank note
                    important attention\
                    """);

    private FirstWish() {}

    static String in(String text, Catalog catalog) {
        BitSet cited = Quotes.in(text);
        int from = 0;
        for (int left = SENTENCES_MAX; left > 0; left--) {
            int end = sentenceEnd(text, from, cited);
            String head = text.substring(0, end);
            if (end == text.length() || wishes(head, from, catalog)) {
                return head;
            }
            from = end;
        }
        return text.substring(0, from);
    }

    private static boolean wishes(String head, int from, Catalog catalog) {
        List<Token> tokens = Tokens.of(head, catalog::spelt).tokens();
        boolean asks =
                new Actions(tokens)
                        .all().stream().anyMatch(a -> !a.negated() && a.span().start() >= from);
        if (asks || head.endsWith("?")) {
            return true;
        }
        boolean says = false;
        boolean states = false;
        for (Token token : tokens) {
            if (token.span().start() >= from && token.speaks()) {
                says = true;
                states |= STATING.contains(token.lower());
                if (WISHING.contains(token.lower())) {
                    return true;
                }
            }
        }
        return says && !states;
    }

    private static int sentenceEnd(String text, int from, BitSet cited) {
        boolean spoken = false;
        for (int at = from; at < text.length(); at++) {
            if (cited.get(at)) {
                continue;
            }
            char c = text.charAt(at);
            if (spoken && (ends(text, at) || opens(text, at))) {
                return opens(text, at) ? at : at + 1;
            }
            spoken |= Character.isLetterOrDigit(c);
        }
        return text.length();
    }

    private static boolean ends(String text, int at) {
        char c = text.charAt(at);
        if (c == '.') {
            return at + 1 == text.length()
                    || !Character.isLetterOrDigit(text.charAt(at + 1))
                    || Character.isUpperCase(text.charAt(at + 1));
        }
        return "\n\r?!;。！？；…•".indexOf(c) >= 0;
    }

    // Who ends without a full stop is followed by a capital all the same: `my balance Delete …`; or
    // by the first point of a list, or another alphabet.
    private static boolean opens(String text, int at) {
        if (at < 2 || !Character.isWhitespace(text.charAt(at - 1))) {
            return false;
        }
        int c = text.codePointAt(at);
        if (foreign(c) || (at + 1 < text.length() && text.charAt(at + 1) == ')')) {
            return true;
        }
        String word = word(text, at);
        return Character.isUpperCase(c)
                && !word.equals("i")
                && (opening(word) || (!capitalBefore(text, at) && Lexicon.known(Stem.of(word))));
    }

    private static boolean opening(String word) {
        return OPENING.contains(word)
                || Lexicon.stop(word)
                || !Lexicon.groups(Stem.of(word)).isEmpty();
    }

    private static boolean foreign(int c) {
        return Character.isLetter(c)
                && Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN;
    }

    private static String word(String text, int at) {
        int end = at;
        while (end < text.length()
                && (Character.isLetter(text.charAt(end)) || "'’".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return text.substring(at, end).replace('’', '\'').toLowerCase(Locale.ROOT);
    }

    private static boolean capitalBefore(String text, int at) {
        int start = text.substring(0, at).stripTrailing().lastIndexOf(' ') + 1;
        return Character.isUpperCase(text.charAt(start));
    }
}
