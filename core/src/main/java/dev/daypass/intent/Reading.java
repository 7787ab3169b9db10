package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A task as it is understood: the tokens that count, what it asks to be done, what it says not to
/// do, and the parts that do not count.
final class Reading {
    // Verbs that ask in a question only.
    private static final Set<String> STATING =
            Lexicon.stems("is are was were has have had do does did can will");

    private final String text;
    private final List<Token> tokens;
    private final List<Span> sentences;
    private final List<Notice> notices;
    private final List<Action> actions;
    private final Set<String> forbidden;
    private final int cutFrom;

    /// @param catalog whose names misspelt words may stand for
    Reading(String text, Catalog catalog) {
        Tokens.Cut cut = Tokens.of(text, catalog::spelt);
        this.text = text;
        this.sentences = cut.sentences();
        var noticed = new ArrayList<>(catalog.heard().instructions(text, sentences));
        noticed.addAll(Script.strange(text, cut.tokens(), sentences));
        this.notices = List.copyOf(noticed);
        this.cutFrom = notices.stream().mapToInt(n -> n.span().start()).min().orElse(text.length());
        this.tokens = cut.tokens().stream().filter(t -> t.span().start() < cutFrom).toList();
        this.actions = new Actions(tokens).all();
        this.forbidden = Forbidden.by(actions, text.substring(0, cutFrom));
    }

    /// @param catalog whose names misspelt words may stand for
    static Reading of(Task task, Catalog catalog) {
        return catalog.reading(task.text());
    }

    String text() {
        return text;
    }

    /// The tokens that count.
    List<Token> tokens() {
        return tokens;
    }

    List<Action> actions() {
        return actions;
    }

    /// The parts that were not counted.
    List<Notice> notices() {
        return notices;
    }

    /// The part that counts.
    String counted() {
        return text.substring(0, cutFrom);
    }

    /// Whether the text tries to instruct the system somewhere.
    boolean doubted() {
        return !notices.isEmpty();
    }

    /// The tokens of sentences that ask for something, be it by a question.
    List<Token> askedFor() {
        Set<Integer> asking =
                actions.stream()
                        .filter(a -> !a.negated() && !STATING.contains(a.stem()))
                        .map(Action::sentence)
                        .collect(Collectors.toSet());
        return tokens.stream()
                .filter(t ->
                        asking.contains(t.sentence())
                                || text.charAt(sentences.get(t.sentence()).end() - 1) == '?')
                .toList();
    }

    /// Whether the task says that what an operation does is not to be done at all.
    boolean forbids(Shape shape) {
        return shape.groups().stream().anyMatch(forbidden::contains);
    }

    /// A span with words that are not merely cited: itself, or widened to the start of its
    /// sentence.
    Span spoken(Span span) {
        boolean cited = tokens.stream().filter(t -> t.touches(span)).allMatch(Token::quoted);
        return cited ? fromSentence(span) : span;
    }

    /// A span with the word before it that asks to see what it speaks of.
    Span asked(Span span) {
        return actions.stream()
                .filter(a -> a.looks() && !a.negated() && a.span().end() <= span.start())
                .filter(a -> a.scope().stream().anyMatch(t -> t.touches(span)))
                .reduce((_, last) -> last)
                .map(a -> a.span().and(span))
                .orElse(span);
    }

    private Span fromSentence(Span span) {
        return sentences.stream()
                .filter(s -> s.start() <= span.start() && span.start() < s.end())
                .findFirst()
                .map(s -> new Span(firstWord(s), span.end()))
                .orElse(span);
    }

    private int firstWord(Span sentence) {
        return tokens.stream()
                .mapToInt(t -> t.span().start())
                .filter(start -> start >= sentence.start())
                .findFirst()
                .orElse(sentence.start());
    }
}
