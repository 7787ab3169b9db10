package dev.daypass.intent;

import java.util.List;
import java.util.Set;

/// Wishes of somebody else: `my lawyer says you must cancel it`, `our insurer needs you to pay`,
/// `remind me on Monday to delete it`.
final class Reported {
    private static final Set<String> TELLING =
            Lexicon.words(
                    """
                    says said tells told asks asked wants wanted needs expects expected agreed insists insisted suggests suggested
                    recommends recommended demands demanded requests requested requires required urges urged reckons thinks prefers\
                    """);
    private static final Set<String> SPEAKERS = Lexicon.words("i we i've we've i'd");
    private static final Set<String> LINKS =
            Lexicon.words(
                    "you me us that to must should shall please have need also now just simply the assistant agent it everyone : ,");
    private static final Set<String> LATER = Set.of("remind", "warn");
    private static final Set<String> PARTING = Lexicon.words("and then but so");
    private static final Set<String> REQUEST_BEFORE = Lexicon.words("ask call tell");
    private static final int REACH = 6;

    private Reported() {}

    static boolean at(List<Token> tokens, int at) {
        return told(tokens, at) || reminded(tokens, at);
    }

    private static boolean told(List<Token> tokens, int at) {
        for (int i = at - 1; i > 0 && i >= at - REACH && same(tokens, i, at); i--) {
            String lower = tokens.get(i).lower();
            if (TELLING.contains(lower)) {
                Token subject = tokens.get(i - 1);
                return i < at - 1
                        && same(tokens, i - 1, at)
                        && subject.word()
                        && !SPEAKERS.contains(subject.lower())
                        && addressed(tokens, i, at);
            }
            if (!LINKS.contains(lower)) {
                return false;
            }
        }
        return false;
    }

    private static boolean addressed(List<Token> tokens, int from, int at) {
        return tokens.subList(from + 1, at).stream()
                .anyMatch(t -> t.lower().equals("you") || t.lower().equals("please"));
    }

    // What is to be done another day, or asked about before, is not to be done now.
    private static boolean reminded(List<Token> tokens, int at) {
        boolean toOrBefore = false;
        for (int i = at - 1; i >= 0 && i >= at - REACH - 2 && same(tokens, i, at); i--) {
            String lower = tokens.get(i).lower();
            if (PARTING.contains(lower)) {
                return false;
            }
            boolean asker = i + 1 < at && tokens.get(i + 1).lower().matches("me|us");
            if (asker && LATER.contains(lower)) {
                return toOrBefore;
            }
            if (asker && REQUEST_BEFORE.contains(lower)) {
                return i + 2 < at && tokens.get(i + 2).lower().equals("before");
            }
            toOrBefore |= lower.equals("to") || lower.equals("before");
        }
        return false;
    }

    private static boolean same(List<Token> tokens, int i, int at) {
        return tokens.get(i).sentence() == tokens.get(at).sentence();
    }
}
