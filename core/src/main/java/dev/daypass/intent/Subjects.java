package dev.daypass.intent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the parts of a task speak of.
final class Subjects {
    private static final double SCOPE = 0.9;
    private static final double BEFORE = 0.75;
    private static final double ELSEWHERE = 0.5;
    private static final Set<String> PRONOUN =
            Set.of("it", "them", "those", "one", "ones", "him", "her");

    private Subjects() {}

    /// Everything that counts.
    static Mentions all(Reading reading) {
        Mentions out = Mentions.of(reading.tokens());
        for (Action action : reading.actions()) {
            if (!action.negated()) {
                out.implied(action.stem(), action.span(), 1);
            }
        }
        return out;
    }

    /// What an action is about: its objects first, then the rest of its clause, then what was said
    /// before where it points back.
    static Mentions of(Action action, Reading reading) {
        Mentions out = Mentions.of(action.objects());
        out.add(action.scope(), SCOPE);
        out.implied(action.stem(), action.span(), SCOPE);
        out.people(action.scope(), SCOPE);
        if (action.groups().contains("pay")) {
            PAID.forEach(thing -> out.implied(thing, action.span(), SCOPE));
        }
        boolean back = back(action);
        if (action.groups().contains("send")
                && action.scope().stream().anyMatch(t -> t.is(Token.Kind.EMAIL))) {
            out.implied("email", action.span(), SCOPE);
        }
        var before = new ArrayList<Token>();
        for (Token token : reading.tokens()) {
            if (token.span().start() < action.span().start()) {
                before.add(token);
            }
        }
        out.add(before, back ? BEFORE : ELSEWHERE);
        return out;
    }

    /// Whether an action points at what was said before: `cancel it`.
    static boolean back(Action action) {
        List<Token> objects = action.objects();
        if (objects.isEmpty() || objects.stream().allMatch(t -> Lexicon.stop(t.lower()))) {
            return true;
        }
        return PRONOUN.contains(objects.getFirst().lower());
    }

    /// What the task wants to see: all but what it only asks to be made or changed.
    static Mentions looked(Reading reading) {
        boolean looks = reading.actions().isEmpty();
        Set<Span> changed = new HashSet<>();
        for (Action action : reading.actions()) {
            looks |= action.looks() && !action.negated();
            if (!action.looks() || action.negated()) {
                (action.negated() ? action.scope() : action.objects())
                        .forEach(t -> changed.add(t.span()));
                changed.add(action.span());
            }
        }
        var out = new ArrayList<Token>();
        for (Token token : reading.tokens()) {
            if (!changed.contains(token.span())) {
                out.add(token);
            }
        }
        return looks || question(reading)
                ? Mentions.of(List.copyOf(out))
                : Mentions.of(behind(reading, changed));
    }

    private static boolean question(Reading reading) {
        return reading.counted().indexOf('?') >= 0;
    }

    // A task that only asks for changes still looks at what stands outside of what it asks for, and
    // behind `from`, `based on` and the like.
    private static List<Token> behind(Reading reading, Set<Span> changed) {
        Set<Span> asked = new HashSet<>(changed);
        for (Action action : reading.actions()) {
            boolean source = false;
            List<Token> scope = action.scope();
            for (int i = 0; i < scope.size(); i++) {
                Token token = scope.get(i);
                source |= token.speaks() && (SOURCE.contains(token.lower()) || relative(scope, i));
                if (!source) {
                    asked.add(token.span());
                }
            }
        }
        return reading.tokens().stream().filter(t -> !asked.contains(t.span())).toList();
    }

    // `the plan that Ana mailed me`: what was mailed has to be looked at.
    private static boolean relative(List<Token> scope, int at) {
        if (!scope.get(at).lower().equals("that") || at + 1 >= scope.size()) {
            return false;
        }
        Token next = scope.get(at + 1);
        return next.capital() || AFTER_THAT.contains(next.lower());
    }

    private static final Set<String> AFTER_THAT =
            Lexicon.words("i we he she they it was were is are has have had my our his her their");
    // Who pays hands over money, whatever he says of it.
    private static final List<String> PAID = List.of("money", "payment", "transfer", "fund");
    private static final Set<String> SOURCE =
            Set.of(
                    "from",
                    "based",
                    "according",
                    "using",
                    "same",
                    "if",
                    "whether",
                    "mentioned",
                    "listed",
                    "described",
                    "unless",
                    "like",
                    "following",
                    "per",
                    "which",
                    "who",
                    "whose",
                    "whatever",
                    "whoever");
}
