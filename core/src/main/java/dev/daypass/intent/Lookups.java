package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import dev.daypass.permission.OperationId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes in the reads that the chosen operations' arguments need: who cancels `my appointment` has
/// to find it first.
final class Lookups {
    private static final int DEPTH_MAX = 4;
    private static final double SCORE_MAX = 0.8;
    private static final double EACH_NEED = 0.3;
    private static final double BY_NAME = 0.3;
    private static final double RELATED = 0.6;
    private static final double SPOKEN = 0.7;
    private static final double ANYTHING = 0.25;

    private final Catalog catalog;
    private final Cues cues;
    private final Mentions all;

    Lookups(Catalog catalog, Cues cues, Mentions all) {
        this.catalog = catalog;
        this.cues = cues;
        this.all = all;
    }

    void choose(Chosen chosen) {
        Set<OperationId> done = new HashSet<>();
        for (int depth = 0; depth < DEPTH_MAX; depth++) {
            List<Match> open =
                    chosen.now().stream()
                            .filter(m -> done.add(m.shape().operation().id()))
                            .toList();
            for (Match match : open) {
                for (Shape.Need need : match.shape().needs()) {
                    if (!cues.gives(need) && wanted(need) && !there(need, match, chosen)) {
                        lookup(need, match, chosen);
                    }
                }
            }
        }
    }

    // An argument that may be left out is looked up only if the task speaks of it.
    private boolean wanted(Shape.Need need) {
        List<String> words = NameWords.split(need.parameter().name());
        return need.parameter().required()
                || all.strength(Stem.of(words.getLast())) > 0
                || (need.kind() == Shape.Need.Kind.IDENTIFIER
                        && all.strength(need.thing()) >= SPOKEN);
    }

    private boolean there(Shape.Need need, Match wanted, Chosen chosen) {
        List<Match> there =
                chosen.all().stream()
                        .filter(m ->
                                !m.equals(wanted)
                                        && m.shape().reads()
                                        && gives(m.shape(), need) > 0)
                        .filter(m ->
                                kin(m.shape(), wanted.shape()) >= kinMost(need, wanted.shape()))
                        .filter(m ->
                                need.kind() == Shape.Need.Kind.PERSON
                                        || !cues.named()
                                        || m.shape().searches()
                                        || !searchable(need))
                        .toList();
        there.forEach(m -> chosen.serves(m, wanted));
        return !there.isEmpty();
    }

    // `list_scheduled_payments` is nearer to `stop_scheduled_payment` than `list_payments` is.
    private static long kin(Shape shape, Shape wanted) {
        return shape.concepts().keySet().stream().filter(wanted.concepts()::containsKey).count();
    }

    private long kinMost(Shape.Need need, Shape wanted) {
        return givers(need).stream()
                .filter(s -> gives(s, need) > 0)
                .mapToLong(s -> kin(s, wanted))
                .max()
                .orElse(0);
    }

    private boolean searchable(Shape.Need need) {
        return givers(need).stream().anyMatch(s -> s.searches() && gives(s, need) > RELATED / 2);
    }

    private void lookup(Shape.Need need, Match wanted, Chosen chosen) {
        Match best = null;
        for (Shape shape : givers(need)) {
            double fit = shape.equals(wanted.shape()) ? 0 : gives(shape, need);
            if (fit > 0) {
                double score = score(shape, need, fit) + kin(shape, wanted.shape()) * EACH_NEED;
                Match match = Match.guess(shape, score, wanted.because());
                best = best == null || Match.BEST_FIRST.compare(match, best) < 0 ? match : best;
            }
        }
        if (best != null) {
            double score = Math.min(wanted.score(), SCORE_MAX);
            chosen.lookup(Match.guess(best.shape(), score, wanted.because()), wanted);
        }
    }

    private double score(Shape shape, Shape.Need need, double fit) {
        Match look = Match.look(shape, all);
        return fit
                + (look == null ? 0 : look.score())
                + cues.of(shape)
                + cues.ofPerson(shape, need)
                + (shape.searches() && cues.named() ? BY_NAME : 0)
                - shape.needs().size() * EACH_NEED;
    }

    private List<Shape> givers(Shape.Need need) {
        List<Shape> own =
                Things.of(need.thing()).stream()
                        .flatMap(thing -> catalog.giving(thing).stream())
                        .toList();
        return own.stream().anyMatch(s -> gives(s, need) > 0 && (s.searches() || !cues.named()))
                ? own
                : java.util.stream.Stream.concat(own.stream(), catalog.findingAnything().stream())
                        .distinct()
                        .toList();
    }

    /// How well an operation gives what an argument names: 0 for not at all.
    private static double gives(Shape shape, Shape.Need need) {
        boolean itself =
                shape.needs().stream()
                        .anyMatch(n ->
                                n.thing().equals(need.thing())
                                        && n.kind() == Shape.Need.Kind.IDENTIFIER);
        if (itself || !shape.reads()) {
            return 0;
        }
        if (shape.head().equals(need.thing())) {
            return 1;
        }
        return Things.of(need.thing()).contains(shape.head())
                ? RELATED
                : shape.findsAnything() ? ANYTHING : 0;
    }
}
