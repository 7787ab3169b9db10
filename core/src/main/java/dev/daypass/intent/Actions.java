package dev.daypass.intent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the words of a task that ask for something to be done, and what belongs to each.
final class Actions {
    private static final Set<String> PREPOSITIONS =
            Lexicon.words(
                    """
                    for with from on at by about based using into via in to of where which who titled named called when if
                    because since containing including according regarding as so\
                    """);
    private static final Set<String> CLAUSE_BEFORE =
            Lexicon.words("and then or but also please to you not just now so finally");
    private static final Set<String> ASKER = Set.of("me", "us");
    private static final Set<String> TO_ASKER =
            Lexicon.words("give tell show let inform bring get read find fetch hand");
    private static final Set<String> SUM =
            Lexicon.words("money sum cash amount funds rent deposit");
    private static final Set<String> HANDING =
            Lexicon.words("send give pass put move hand shift get transfer");
    private static final Set<String> INDEFINITE = Set.of("a", "an", "another", "new");
    // Verbs that mean little without what follows.
    private static final Set<String> LIGHT =
            Lexicon.words(
                    "make do place put set submit get file issue give create add arrange send");
    private static final Set<String> PUTTING = Set.of("add", "put", "set", "get");
    private static final Set<String> SENDING = Set.of("send", "notify", "publish");
    private static final Set<String> ADDING =
            Lexicon.words("add put set place open start book schedule log enter need want");
    // What a task asks beyond these is not heard.
    private static final int ACTIONS_MAX = 60;
    private static final int SCOPE_MAX = 60;
    private static final int LIGHT_REACH = 4;
    private static final int PHRASE_GAP = 3;
    private static final int PARTICLE_GAP = 7;
    // What may stand behind what the verb is about: `pass the quote from Ana on`.
    private static final Set<String> PARTICLES = Lexicon.words("on off out up down away back over");

    private final List<Token> tokens;
    private final Negation negation;
    private final BitSet asking;

    Actions(List<Token> tokens) {
        this.tokens = tokens;
        this.negation = new Negation(tokens);
        this.asking = new BitSet(tokens.size());
        for (int at = 0; at < tokens.size(); at++) {
            asking.set(at, tokens.get(at).speaks() && asksAt(at));
        }
    }

    List<Action> all() {
        var out = new ArrayList<Action>();
        Action last = null;
        for (int at = asking.nextSetBit(0);
                at >= 0 && out.size() < ACTIONS_MAX;
                at = asking.nextSetBit(at + 1)) {
            last = action(at, last);
            out.add(last);
        }
        return out;
    }

    private boolean asksAt(int at) {
        // `not` has the stem of `note`.
        return !Negation.negates(tokens.get(at))
                && !groups(at).isEmpty()
                && Verbal.asks(tokens, at);
    }

    private Action action(int at, @Nullable Action last) {
        Token token = tokens.get(at);
        List<Token> scope = scope(at);
        return new Action(
                token.span(),
                token.stem(),
                groups(at),
                scope,
                objects(scope),
                token.sentence(),
                negation.at(at, last) || Negation.nothing(scope));
    }

    /// The kinds of action that the words from here on stand for.
    private Set<String> groups(int at) {
        Token token = tokens.get(at);
        // Who asks to be given or told something asks to see it.
        if (forAsker(at) && TO_ASKER.contains(token.lower())) {
            return Set.of(Lexicon.LOOK);
        }
        if (forAsker(at) && token.lower().equals("remind")) {
            return Set.of("remind");
        }
        var out = new LinkedHashSet<>(Lexicon.groups(token.stem()));
        for (Lexicon.Phrase phrase : Lexicon.phrases(token.stem())) {
            if (follows(phrase.rest(), at)) {
                out.addAll(phrase.groups());
            }
        }
        out.addAll(light(at));
        if (HANDING.contains(token.lower()) && sum(at)) {
            out.add("pay");
        }
        return out;
    }

    // `send 20 EUR to Ana` is to pay.
    private boolean sum(int at) {
        for (int i = at + 1; i <= at + LIGHT_REACH && i < tokens.size() && same(i, at); i++) {
            Token token = tokens.get(i);
            boolean bare =
                    token.is(Token.Kind.NUMBER)
                            && (i + 1 == tokens.size()
                                    || !same(i + 1, at)
                                    || parts(tokens.get(i + 1)));
            if (token.is(Token.Kind.AMOUNT)
                    || (token.speaks() && SUM.contains(token.lower()))
                    || bare) {
                return true;
            }
        }
        return false;
    }

    private boolean forAsker(int at) {
        return at + 1 < tokens.size() && ASKER.contains(tokens.get(at + 1).lower());
    }

    // `make a reservation` is to reserve, `add an event` to create one.
    private Set<String> light(int at) {
        var out = new LinkedHashSet<String>();
        String verb = tokens.get(at).lower();
        if (LIGHT.contains(verb)) {
            for (int i = at + 1; i <= at + LIGHT_REACH && i < tokens.size() && same(i, at); i++) {
                if (parts(tokens.get(i))) {
                    break;
                }
                if (!Negation.negates(tokens.get(i))) {
                    out.addAll(Kinds.ofThing(tokens.get(i).stem()));
                }
            }
        }
        if (PUTTING.contains(verb)) {
            out.removeAll(SENDING);
        }
        boolean indefinite =
                at + 1 < tokens.size() && INDEFINITE.contains(tokens.get(at + 1).lower());
        if (verb.equals("add") || (indefinite && ADDING.contains(verb))) {
            out.add("create");
        }
        return out;
    }

    private boolean follows(List<String> rest, int at) {
        int from = at + 1;
        for (String stem : rest) {
            int found = find(stem, from, at);
            if (found < 0) {
                return false;
            }
            from = found + 1;
        }
        return true;
    }

    private int find(String stem, int from, int at) {
        int reach = PARTICLES.contains(stem) ? PARTICLE_GAP : PHRASE_GAP;
        for (int i = from; i <= from + reach && i < tokens.size() && same(i, at); i++) {
            if (tokens.get(i).stem().equals(stem)) {
                return i;
            }
        }
        return -1;
    }

    private boolean same(int i, int at) {
        return tokens.get(i).sentence() == tokens.get(at).sentence();
    }

    /// What belongs to an action: up to the next word that asks, or the sentence's end.
    private List<Token> scope(int at) {
        var out = new ArrayList<Token>();
        for (int i = at + 1; i < tokens.size() && i <= at + SCOPE_MAX && same(i, at); i++) {
            if (clauseBefore(i) && asking.get(i)) {
                break;
            }
            out.add(tokens.get(i));
        }
        return out;
    }

    private boolean clauseBefore(int i) {
        Token before = tokens.get(i - 1);
        return before.is(Token.Kind.MARK) || CLAUSE_BEFORE.contains(before.lower());
    }

    private static List<Token> objects(List<Token> scope) {
        var out = new ArrayList<Token>();
        for (Token token : scope) {
            if (!parts(token)) {
                out.add(token);
            } else if (!out.isEmpty()) {
                break;
            }
        }
        return out;
    }

    private static boolean parts(Token token) {
        return token.is(Token.Kind.MARK) || PREPOSITIONS.contains(token.lower());
    }
}
