package dev.daypass.intent;

import java.util.List;
import java.util.Set;

/// Tells whether a word that may stand for an action asks for one where it stands: `please book a
/// table` does, `my last book`, `I booked`, `I will book` and `how to book` do not.
final class Verbal {
    private static final Set<String> NOUN_BEFORE =
            words(
                    """
                    a an the my our your his her its their this these those any some no each every another last next first latest
                    new old recent same of at from by with about into unread sent which whose many much more most other own
                    previous upcoming current following whatever for in on via per unpaid pending open overdue draft\
                    """);
    private static final Set<String> ASKING_BEFORE =
            words(
                    """
                    please pls plz kindly then and or also now just simply finally afterwards lastly second third let's lets help me
                    us quickly immediately but so either otherwise not never don't dont must should need shall gotta gonna wanna
                    needs first go again maybe possibly instead later once already after that done ok okay and/or & + to\
                    """);
    private static final Set<String> STATING_BEFORE =
            words(
                    """
                    will i'll we'll he'll she'll they'll you'll did didn't does doesn't has have had was were is are been might may
                    would i'd we'd won't wouldn't i've we've who he she they it that couldn't can't cannot isn't wasn't\
                    """);
    private static final Set<String> SPEAKER = words("i we");
    private static final Set<String> OTHERS =
            words(
                    "he she they it who someone somebody everyone nobody anyone anybody everybody no-one whoever");
    private static final Set<String> INVERTING =
            words("can could may should shall would will can't couldn't won't");
    private static final Set<String> PLANNING =
            words(
                    """
                    going planning plan plans hope hoping looking thinking about tried used meant forgot supposed decided remember reminds remind able unable
                    afraid how where whether when what which who failed refused had has have allowed entitled ready told forbidden wrong possible allow tries attempts wants illegal\
                    """);
    private static final Set<String> OBLIGING = Set.of("must", "should", "shall", "need", "needs");
    private static final Set<String> OBLIGED =
            Set.of("you", "we", "i", "please", "also", "then", "and");
    private static final Set<String> REPORTING = Set.of("asked", "told", "tells", "asks", "wants");
    private static final Set<String> CONDITION =
            Lexicon.words("that if before unless until when after once while because whether");
    private static final Set<String> PROPOSING = Set.of("how", "what");
    private static final Set<String> GERUND_BEFORE =
            words(
                    "mind consider start appreciate you try by-all-means continue keep finish handle manage");
    private static final Set<String> PASSIVE_BEFORE =
            words("be it this them that these those everything all him her get getting have");

    /// Words that are verb and noun alike: behind a noun they are read as a noun.
    private static final Set<String> EITHER =
            words(
                    """
                    email mail e-mail message text order book post share transfer invite comment reply note schedule charge refund
                    return purchase deposit call record file tag label link mark answer issue open close set request review report
                    move change update copy fork star run launch track watch trade ping pin lock light show play visit drop bill
                    start stop rent hire work access backup log fund stock place check draft release build deploy ship head total
                    sum average count sort search plan tell contact forward trash tweet question present invoice bill photo picture map fax quote claim request cost price rate screen view watch dock seat gate list name number page point place plan set stay table time trip turn block button camera cover film heat hold iron ladder park plug point roll season show sign sound switch test water work wonder print press process
                    alert appeal audit ban bookmark boost borrow brew broadcast capture challenge clip clone commit crop drag dump embed expense export filter grade heart highlight host index initial journal lift loop memo mention monitor mop mount pair pan patch petition phone probe queue redirect refer repeat ring route scan score seek select shuffle silence slack sms snapshot snooze stage stash stat stream sweep ticket triage trigger trim vacuum vote whatsapp zoom\
                    """);

    private static final Set<String> BASE_FORMS =
            words(
                    "process access press express address pass miss discuss assess bypass is are does has was needs");
    private static final Set<String> LOOKS_PAST =
            words("read set put cut feed speed embed need shred add seed bed red shed bid");

    private Verbal() {}

    /// @param tokens of the whole text
    /// @param at of the word
    static boolean asks(List<Token> tokens, int at) {
        String raw = tokens.get(at).lower();
        if (Idiom.at(tokens, at) || Reported.at(tokens, at)) {
            return false;
        }
        String before = word(tokens, at, 1);
        String earlier = word(tokens, at, 2);
        if (gerund(raw)) {
            boolean proposed = before.equals("about") && PROPOSING.contains(earlier);
            return proposed || GERUND_BEFORE.contains(before);
        }
        if (past(raw)) {
            return PASSIVE_BEFORE.contains(before) && wished(tokens, at);
        }
        if (plural(raw)) {
            return false;
        }
        return start(tokens, at)
                ? !verblessNoun(tokens, at)
                : asks(raw, new Before(before, earlier, word(tokens, at, 3)));
    }

    /// The words before a word, the nearest first.
    private record Before(String one, String two, String three) {}

    private static boolean asks(String raw, Before before) {
        String one = before.one();
        String two = before.two();
        if (one.equals("to")) {
            return !PLANNING.contains(two)
                    && !two.startsWith("remind")
                    && !before.three().startsWith("remind")
                    && !REPORTING.contains(before.three());
        }
        if (OBLIGING.contains(one)) {
            return two.isEmpty() || OBLIGED.contains(two);
        }
        if (ASKING_BEFORE.contains(one)) {
            return true;
        }
        if (SPEAKER.contains(one)) {
            return INVERTING.contains(two);
        }
        if (one.equals("you")) {
            return !PLANNING.contains(two) && !CONDITION.contains(two);
        }
        if (one.equals("can") || one.equals("could")) {
            return two.isEmpty()
                    || two.equals("please")
                    || two.equals("you")
                    || ASKING_BEFORE.contains(two);
        }
        if (STATING_BEFORE.contains(one) || OTHERS.contains(one) || NOUN_BEFORE.contains(one)) {
            return false;
        }
        if (one.equals("do")) {
            return two.equals("please") || two.isEmpty();
        }
        if (one.endsWith("ly")) {
            return true;
        }
        return !EITHER.contains(raw) && !one.endsWith("'s");
    }

    private static boolean gerund(String raw) {
        return raw.length() > 4 && raw.endsWith("ing") && !raw.equals("bring");
    }

    private static boolean plural(String raw) {
        boolean plural = raw.length() > 3 && raw.endsWith("s") && !raw.endsWith("ss");
        return raw.endsWith("'s") || (plural && !BASE_FORMS.contains(raw));
    }

    /// The word `back` places before, `""` at the start of a clause.
    private static String word(List<Token> tokens, int at, int back) {
        int i = at;
        for (int left = back; left > 0; left--) {
            i--;
            if (i < 0
                    || tokens.get(i).sentence() != tokens.get(at).sentence()
                    || tokens.get(i).is(Token.Kind.MARK)) {
                return "";
            }
        }
        return tokens.get(i).lower();
    }

    private static boolean start(List<Token> tokens, int at) {
        String before = word(tokens, at, 1);
        return before.isEmpty()
                || (tokens.get(at - 1).is(Token.Kind.NUMBER) && word(tokens, at, 2).isEmpty());
    }

    // `order 123 status?`: a noun that stands first, before another noun or a number.
    private static boolean verblessNoun(List<Token> tokens, int at) {
        if (!EITHER.contains(tokens.get(at).lower()) || at + 1 >= tokens.size()) {
            return false;
        }
        Token next = tokens.get(at + 1);
        return next.sentence() == tokens.get(at).sentence()
                && (next.is(Token.Kind.NUMBER) || next.is(Token.Kind.IDENTIFIER))
                && !tokens.get(at).lower().equals("refund");
    }

    private static boolean past(String raw) {
        boolean regular = raw.length() > 3 && raw.endsWith("ed") && !LOOKS_PAST.contains(raw);
        return regular || PAST.contains(raw);
    }

    private static final Set<String> PAST =
            words(
                    "sent paid bought made sold gave given told wrote written taken took left kept found done shown withdrawn forgotten rang rung met began ran spoke drew threw thrown withdrew");

    // `I want it cancelled`, `make sure it is removed`.
    private static boolean wished(List<Token> tokens, int at) {
        for (int i = at - 1; i >= 0 && tokens.get(i).sentence() == tokens.get(at).sentence(); i--) {
            String lower = tokens.get(i).lower();
            if (WISHES.contains(lower)) {
                return true;
            }
            if (lower.equals("was") || lower.equals("were") || lower.equals("been")) {
                return false;
            }
        }
        return false;
    }

    private static final Set<String> WISHES =
            words(
                    "want wants need needs get must should please pls like sure ensure prefer to i'd let");

    static boolean either(String word) {
        return EITHER.contains(word);
    }

    private static Set<String> words(String text) {
        return Lexicon.words(text);
    }
}
