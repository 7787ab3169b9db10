package dev.daypass.intent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a task says is not to be done at all: `don't send anything`, `read only`. A wish to the
/// contrary elsewhere does not undo it: of two readings the smaller one holds.
final class Forbidden {
    private static final Set<String> ANY =
            Lexicon.words(
                    "anything nothing any anyone anybody everything yet all it them that else stuff things");
    private static final int NEAR = 2;
    private static final Pattern READ_ONLY =
            Pattern.compile(
                    """
                    \\bread[- ]only\\b|\\b(?:only|just) (?:look|looking|read|reading|check|checking|browse|browsing|want to (?:look|see|know|read|check))\\b(?!.*\\b(?:then|and then)\\b)\
                    |\\b(?:no|without(?: making)?(?: any)?|don'?t make(?: any)?|do not make(?: any)?) changes?\\b\
                    |\\b(?:don'?t|do not|without|never|not) (?:chang|touch|modify|alter|edit)\\w* (?:anything|a thing|any of|it|them|stuff|nothing)\\b\
                    |\\blook,? (?:but )?don'?t touch\\b|\\bhands off\\b|\\btouch nothing\\b|\\bchange nothing\\b\
                    """,
                    Pattern.CASE_INSENSITIVE);

    private Forbidden() {}

    /// @return kinds of action
    static Set<String> by(List<Action> actions, String counted) {
        var out = new HashSet<String>();
        for (Action action : actions) {
            if (action.negated() && universal(action.scope())) {
                out.addAll(action.groups());
            }
        }
        if (READ_ONLY.matcher(counted).find()) {
            out.addAll(Lexicon.kinds());
        }
        out.remove(Lexicon.LOOK);
        return out;
    }

    private static boolean universal(List<Token> scope) {
        return scope.isEmpty() || scope.stream().limit(NEAR).anyMatch(t -> ANY.contains(t.lower()));
    }
}
