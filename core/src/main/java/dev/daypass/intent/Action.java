package dev.daypass.intent;

import java.util.List;
import java.util.Set;

/// A word of the task that asks for something to be done, and what it is done to.
///
/// @param span the word or phrase
/// @param stem of its first word
/// @param groups the kinds of action it stands for
/// @param scope tokens that belong to it, up to the next action or the sentence's end
/// @param objects tokens of the scope before the first preposition: what it is done to
/// @param sentence number of its sentence
/// @param negated whether the task says not to do it
record Action(
        Span span,
        String stem,
        Set<String> groups,
        List<Token> scope,
        List<Token> objects,
        int sentence,
        boolean negated) {
    /// Whether it can ask for a change.
    boolean changes() {
        return groups.stream().anyMatch(g -> !g.equals(Lexicon.LOOK));
    }

    boolean looks() {
        return groups.contains(Lexicon.LOOK);
    }
}
