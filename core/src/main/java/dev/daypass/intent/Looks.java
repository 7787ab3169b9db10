package dev.daypass.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Chooses the operations that show what a task speaks of.
final class Looks {
    private static final double FIT_MIN = 0.6;
    private static final double NEAR = 0.12;
    private static final double FULL = 0.84;
    private static final double COMPANION = 0.9;
    private static final double CHOICE_MORE = 0.1;
    private static final double BY_CHOICE = 0.5;
    private static final double CHOICE = 0.15;
    private static final double BY_CHOICE_MAX = 0.9;
    private static final int OF_ONE_THING_MAX = 3;

    private final Reading reading;
    private final Catalog catalog;
    private final Cues cues;
    private final Mentions all;
    private final Literals literals;

    Looks(Reading reading, Catalog catalog, Cues cues, Mentions all, Literals literals) {
        this.literals = literals;
        this.reading = reading;
        this.catalog = catalog;
        this.cues = cues;
        this.all = all;
    }

    /// @return how well the best of them fits, 0 if there is none
    double choose(Chosen chosen) {
        Mentions said = Subjects.looked(reading);
        Map<String, List<Match>> byThing = new HashMap<>();
        for (Shape shape : catalog.showing(said, reading.actions())) {
            Match match = withChoices(shape, inItsOwnWay(shape, Match.look(shape, said)), said);
            boolean given = cues.identified() || !shape.details() || findable(shape);
            if (match != null && match.score() >= FIT_MIN && given) {
                byThing.computeIfAbsent(shape.head(), _ -> new ArrayList<>())
                        .add(match.plus(cues.of(shape)));
            }
        }
        byThing.values().forEach(same -> bestOf(same, chosen));
        if (byThing.isEmpty()) {
            untyped(chosen);
        }
        companions(chosen);
        return byThing.values().stream()
                .mapToDouble(same -> Math.min(1, Chosen.best(same).score()))
                .max()
                .orElse(0);
    }

    // What has a name can be found, and then be looked at.
    private boolean findable(Shape shape) {
        return cues.named()
                && (!catalog.findingAnything().isEmpty()
                        || catalog.giving(shape.head()).stream().anyMatch(Shape::searches));
    }

    private @Nullable Match inItsOwnWay(Shape shape, @Nullable Match looked) {
        for (Action action : reading.actions()) {
            Match own = action.negated() ? null : Match.doing(shape, action, looked);
            if (own != null) {
                return own;
            }
        }
        return looked;
    }

    // Values that only this argument takes speak for an operation: alone, if the service is named.
    private @Nullable Match withChoices(Shape shape, @Nullable Match looked, Mentions said) {
        List<Span> chosen = literals.choices(shape);
        if (chosen.isEmpty()) {
            return looked;
        }
        Span values = chosen.stream().reduce(Span::and).orElseThrow();
        if (looked != null) {
            double score = looked.score() + chosen.size() * CHOICE_MORE;
            return new Match(shape, score, looked.whole(), looked.because().and(values), null);
        }
        return shape.service().stream()
                .map(said::of)
                .filter(Objects::nonNull)
                .findFirst()
                .map(named -> {
                    double score = Math.min(BY_CHOICE_MAX, BY_CHOICE + chosen.size() * CHOICE);
                    return Match.guess(shape, score, named.span().and(values));
                })
                .orElse(null);
    }

    private void bestOf(List<Match> same, Chosen chosen) {
        double best = Chosen.best(same).score();
        same.sort(Match.BEST_FIRST);
        int kept = 0;
        for (Match match : same) {
            boolean full = match.whole() && match.shape().telling() > 1 && match.score() >= FULL;
            boolean near = match.score() >= best - NEAR && kept < OF_ONE_THING_MAX;
            if ((full || near) && (cues.quoted() || !dominated(match, same))) {
                chosen.add(match);
                kept++;
            }
        }
    }

    // Where one operation is about all that was said, one about less is not needed.
    private static boolean dominated(Match match, List<Match> same) {
        return match.score() >= FULL
                && same.stream()
                        .anyMatch(m ->
                                m.score() >= FULL
                                        && m.shape().telling() > match.shape().telling()
                                        && m.shape().isAbout(match.shape()));
    }

    // `read f_7K2Q`: an identifier alone is one of what the catalog is mostly about.
    private void untyped(Chosen chosen) {
        for (Action action : reading.actions()) {
            boolean given = action.objects().stream().anyMatch(t -> t.is(Token.Kind.IDENTIFIER));
            if (action.looks() && !action.negated() && given && !catalog.names(action.objects())) {
                Span because = action.span().and(action.objects().getLast().span());
                catalog.shapes().stream()
                        .filter(shape -> shape.details() && catalog.topic(shape.head()))
                        .forEach(shape -> chosen.add(Match.guess(shape, FIT_MIN, because)));
            }
        }
    }

    // Who finds a thing reads it, and who knows the title of a thing searches it.
    private void companions(Chosen chosen) {
        for (Match match : chosen.now()) {
            Shape found = match.shape();
            if (found.reads() && !found.head().isEmpty() && !found.identifies()) {
                for (Shape shape : catalog.giving(found.head())) {
                    if (reads(shape, found) || searches(shape, found)) {
                        chosen.add(Match.guess(shape, match.score() * COMPANION, match.because()));
                    }
                }
            }
        }
    }

    private boolean reads(Shape shape, Shape found) {
        boolean wanted =
                cues.detailed()
                        || cues.identified()
                        || (found.searches() && all.strength(shape.head()) == 1);
        return shape.details() && wanted && (cues.numbered() || !Cues.byGivenId(shape));
    }

    private boolean searches(Shape shape, Shape found) {
        return shape.searches()
                && cues.quoted()
                && !found.searches()
                && shape.concepts().size() < found.concepts().size();
    }
}
