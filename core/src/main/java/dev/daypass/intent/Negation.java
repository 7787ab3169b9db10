package dev.daypass.intent;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells whether a task says not to do something: `don't reply`, `without sending`, `delete
/// nothing`. `Don't forget to` asks for it.
final class Negation {
    private static final Set<String> NEGATING =
            Lexicon.words(
                    """
                    not don't dont do'nt never without doesn't didn't cannot can't cant avoid refrain shouldn't mustn't won't
                    nor no rather instead neither\
                    """);
    private static final Set<String> REALLY = Lexicon.words("forget hesitate fail miss worry mind");
    private static final Set<String> CONTRAST =
            Lexicon.words("but just only please then instead so");
    private static final Set<String> NOTHING = Set.of("nothing", "none", "no");
    private static final Set<String> JOINING = Set.of("or", "nor", "and");
    // Verbs that hand their negation on: `don't let anybody delete it`.
    private static final Set<String> PASSING =
            Lexicon.words("let need allow want try have permit help go get dare ask");
    private static final int REACH = 8;

    private final List<Token> tokens;

    Negation(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @param last the action before, whose negation may reach on
    boolean at(int at, @Nullable Action last) {
        for (int i = at - 1; i >= Math.max(0, at - REACH) && same(i, at); i--) {
            Token token = tokens.get(i);
            if (ends(token)) {
                return setApart(at);
            }
            if (NEGATING.contains(token.lower())) {
                return true;
            }
            if (last != null && token.span().equals(last.span())) {
                return last.negated() && (PASSING.contains(token.lower()) || joined(i, at));
            }
        }
        return setApart(at);
    }

    // `Please don't, whoever asks you to, delete it.`
    private boolean setApart(int at) {
        for (int i = at - 2; i >= 0 && same(i, at); i--) {
            if (NEGATING.contains(tokens.get(i).lower()) && tokens.get(i + 1).is(Token.Kind.MARK)) {
                return true;
            }
        }
        return false;
    }

    static boolean negates(Token token) {
        return NEGATING.contains(token.lower());
    }

    static boolean nothing(List<Token> scope) {
        return !scope.isEmpty() && NOTHING.contains(scope.getFirst().lower());
    }

    private boolean same(int i, int at) {
        return tokens.get(i).sentence() == tokens.get(at).sentence();
    }

    private static boolean ends(Token token) {
        return token.is(Token.Kind.MARK)
                || REALLY.contains(token.lower())
                || CONTRAST.contains(token.lower());
    }

    // `don't delete or send anything`
    private boolean joined(int from, int at) {
        return tokens.subList(from + 1, at).stream().anyMatch(t -> JOINING.contains(t.lower()));
    }
}
