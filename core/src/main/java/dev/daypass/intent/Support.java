package dev.daypass.intent;

import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether a task's words support what an operation does to the world. The same for every parser.
final class Support {
    /// Traits that need words of their own.
    static final Set<Trait> DANGEROUS =
            EnumSet.complementOf(EnumSet.of(Trait.READ, Trait.PERSONAL));

    private static final double FIT_MIN = 0.45;

    private final Reading reading;
    private final Catalog catalog;
    private final Map<Action, Mentions> said = new HashMap<>();

    Support(Reading reading, Catalog catalog) {
        this.catalog = catalog;
        this.reading = reading;
    }

    /// What speaks against granting an operation; empty if nothing does.
    ///
    /// @param because the words that are said to justify it
    String against(Shape shape, Span because) {
        if (!touches(because)) {
            return "no words of the task justify it";
        }
        if (shape.reads()) {
            boolean secret = shape.operation().traits().contains(Trait.SECRET);
            List<Token> near = secret ? reading.askedFor() : reading.tokens();
            return missing(shape.operation().traits(), Set.of(), near);
        }
        String least = null;
        for (Action action : reading.actions()) {
            if (action.negated() || action.groups().stream().noneMatch(shape.groups()::contains)) {
                continue;
            }
            String against = against(shape, action);
            if (against.isEmpty()) {
                return "";
            }
            least = least == null || against.length() < least.length() ? against : least;
        }
        return least == null ? noWord(shape) : least;
    }

    private String noWord(Shape shape) {
        var missing = EnumSet.copyOf(shape.operation().traits());
        missing.retainAll(DANGEROUS);
        return "the task has no word for: " + words(missing);
    }

    private String against(Shape shape, Action action) {
        if (reading.forbids(shape)) {
            return "the task says not to";
        }
        Match match =
                Match.change(
                        shape,
                        action,
                        said.computeIfAbsent(action, a -> Subjects.of(a, reading)),
                        catalog);
        if (match == null || match.score() < FIT_MIN) {
            return "`%s` is not said of what it changes"
                    .formatted(
                            reading.text().substring(action.span().start(), action.span().end()));
        }
        var near = new ArrayList<>(action.scope());
        reading.tokens().stream()
                .filter(t ->
                        t.span().end() <= action.span().start()
                                && t.sentence() >= action.sentence() - 1)
                .forEach(near::add);
        var groups = new java.util.HashSet<>(action.groups());
        groups.retainAll(shape.groups());
        return missing(shape.operation().traits(), groups, near);
    }

    /// The traits that neither the kinds of action license nor the things named speak of.
    private static String missing(Set<Trait> traits, Set<String> groups, List<Token> near) {
        var missing = EnumSet.noneOf(Trait.class);
        for (Trait trait : traits) {
            boolean licensed =
                    trait == Trait.READ
                            || trait == Trait.PERSONAL
                            || groups.stream().anyMatch(g -> Lexicon.licence(g).contains(trait))
                            || near.stream().anyMatch(t -> names(trait, t))
                            // Money goes to somebody.
                            || (trait == Trait.OUTWARD && traits.contains(Trait.MONEY));
            if (!licensed) {
                missing.add(trait);
            }
        }
        return missing.isEmpty() ? "" : "the task has no word for: " + words(missing);
    }

    private static boolean names(Trait trait, Token token) {
        if (trait == Trait.OUTWARD && (token.is(Token.Kind.EMAIL) || token.is(Token.Kind.HANDLE))) {
            return true;
        }
        if (trait == Trait.MONEY && token.is(Token.Kind.AMOUNT)) {
            return true;
        }
        return token.speaks() && Lexicon.noun(trait, token.stem());
    }

    private static String words(Set<Trait> traits) {
        return String.join(", ", traits.stream().sorted().map(Trait::word).toList());
    }

    private boolean touches(Span because) {
        return reading.tokens().stream()
                .anyMatch(t -> !t.quoted() && !t.is(Token.Kind.MARK) && t.touches(because));
    }

    boolean doubts(Set<Trait> traits) {
        return reading.doubted() && traits.stream().anyMatch(DANGEROUS::contains);
    }
}
