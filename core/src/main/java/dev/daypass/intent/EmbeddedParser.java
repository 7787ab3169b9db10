package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.OperationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parser that needs no model: what the words ask to be done and the things they speak of,
/// matched with the names of operations. Descriptions are never looked at.
public final class EmbeddedParser implements IntentParser {
    private static final double CHANGE_MIN = 0.6;
    private static final double CHANGE_NEAR = 0.08;
    private static final double LOOK_MIN = 0.6;
    private static final double LOOK_NEAR = 0.12;
    private static final double LOOK_FULL = 0.84;
    private static final int LOOKS_OF_ONE_MAX = 3;
    private static final int LOOKUP_DEPTH_MAX = 4;
    private static final int PROPOSALS_MAX = 40;

    @Override
    public Intent understand(Task task, Catalog reach) {
        return new Run(task, reach).intent();
    }

    /// One task against one catalog.
    private static final class Run {
        private final Catalog reach;
        private final Reading reading;
        private final Values values;
        private final Mentions all;
        private final Map<OperationId, Match> chosen = new LinkedHashMap<>();

        Run(Task task, Catalog reach) {
            this.reach = reach;
            this.reading = Reading.of(task, reach);
            this.values = new Values(task, reading);
            this.all = Subjects.all(reading);
        }

        Intent intent() {
            changes();
            looks();
            lookups();
            List<Proposal> proposals =
                    chosen.values().stream()
                            .sorted(
                                    Comparator.comparingDouble((Match m) -> -m.score())
                                            .thenComparing(m -> m.shape().operation().id()))
                            .limit(PROPOSALS_MAX)
                            .map(this::proposal)
                            .toList();
            return new Intent(proposals, confidence(), List.of());
        }

        private double confidence() {
            return chosen.isEmpty() ? 0 : Math.min(1, Match.best(List.copyOf(chosen.values())));
        }

        private Proposal proposal(Match match) {
            Map<String, Constraint> bounds = values.bounds(match);
            return new Proposal(
                    match.shape().operation(), bounds, reading.spoken(match.because()), match.score());
        }

        private void changes() {
            for (Action action : reading.actions()) {
                if (action.negated() || action.groups().stream().allMatch(Lexicon.LOOK::equals)) {
                    continue;
                }
                Mentions said = Subjects.of(action, reading);
                var found = new ArrayList<Match>();
                for (Shape shape : reach.shapes()) {
                    Match match = Match.change(shape, action, said, reach);
                    if (match != null
                            && match.score() >= CHANGE_MIN
                            && shape.groups().stream().noneMatch(reading::forbids)) {
                        found.add(match);
                    }
                }
                double best = Match.best(found);
                found.stream().filter(m -> m.score() >= best - CHANGE_NEAR).forEach(this::choose);
            }
        }

        private void choose(Match match) {
            chosen.merge(
                    match.shape().operation().id(), match, (a, b) -> a.score() >= b.score() ? a : b);
        }

        private void looks() {
            Mentions said = Subjects.looked(reading);
            if (said.isEmpty()) {
                return;
            }
            Map<String, List<Match>> byHead = new HashMap<>();
            for (Shape shape : reach.shapes()) {
                if (!shape.reads()) {
                    continue;
                }
                Match match = doing(shape, Match.look(shape, said));
                if (match != null && match.score() >= LOOK_MIN) {
                    byHead.computeIfAbsent(shape.head(), _ -> new ArrayList<>())
                            .add(new Match(shape, match.score() + values.cue(shape), match.because(), null));
                }
            }
            byHead.values().forEach(this::bestOf);
            companions();
        }

        private @org.jspecify.annotations.Nullable Match doing(
                Shape shape, @org.jspecify.annotations.Nullable Match looked) {
            for (Action action : reading.actions()) {
                if (!action.negated()) {
                    Match own = Match.doing(shape, action, looked);
                    if (own != null) {
                        return own;
                    }
                }
            }
            return looked;
        }

        // Who finds a thing reads it.
        private void companions() {
            for (Match match : List.copyOf(chosen.values())) {
                Shape found = match.shape();
                if (!found.reads() || found.head().isEmpty() || found.needs().stream().anyMatch(n -> n.kind() == Shape.Need.Kind.IDENTIFIER)) {
                    continue;
                }
                for (Shape shape : reach.shapes()) {
                    boolean one =
                            shape.reads()
                                    && shape.head().equals(found.head())
                                    && !shape.searches()
                                    && shape.needs().size() == 1
                                    && shape.needs().getFirst().kind() == Shape.Need.Kind.IDENTIFIER
                                    && shape.needs().getFirst().thing().equals(shape.head())
                                    && shape.telling() == 1
                                    && (values.identified() || !Values.byGivenId(shape));
                    boolean search =
                            shape.reads()
                                    && shape.searches()
                                    && values.named()
                                    && shape.head().equals(found.head())
                                    && !found.searches()
                                    && shape.concepts().size() < found.concepts().size();
                    if (one || search) {
                        choose(new Match(shape, match.score() * 0.9, match.because(), null));
                    }
                }
            }
        }

        private void bestOf(List<Match> same) {
            double best = Match.best(same);
            same.sort(Comparator.comparingDouble((Match m) -> -m.score()).thenComparing(m -> m.shape().operation().id()));
            int kept = 0;
            for (Match match : same) {
                boolean full = match.shape().concepts().size() > 1 && match.score() >= LOOK_FULL;
                if (full || match.score() >= best - LOOK_NEAR && kept < LOOKS_OF_ONE_MAX) {
                    choose(match);
                    kept++;
                }
            }
        }

        /// Takes in the reads that the chosen operations' arguments need.
        private void lookups() {
            Set<OperationId> done = new HashSet<>();
            for (int depth = 0; depth < LOOKUP_DEPTH_MAX; depth++) {
                List<Match> open =
                        chosen.values().stream()
                                .filter(m -> done.add(m.shape().operation().id()))
                                .toList();
                for (Match match : open) {
                    for (Shape.Need need : match.shape().needs()) {
                        if (!values.gives(need, match)) {
                            lookup(need, match);
                        }
                    }
                }
            }
        }

        private void lookup(Shape.Need need, Match wanted) {
            boolean there =
                    chosen.values().stream()
                            .anyMatch(m -> m != wanted && m.shape().reads() && gives(m.shape(), need) > 0 && (need.kind() == Shape.Need.Kind.PERSON || !values.named() || m.shape().searches() || !searchable(need)));
            if (there || !need.parameter().required() && !wantsPeople(need)) {
                return;
            }
            Match best = null;
            for (Shape shape : reach.shapes()) {
                double fit = shape.reads() && shape != wanted.shape() ? gives(shape, need) : 0;
                if (fit > 0) {
                    Match look = Match.look(shape, all);
                    double score = fit + (look == null ? 0 : look.score()) + values.cue(shape) + values.personCue(shape, need) - shape.needs().size() * 0.3 + (shape.searches() && values.named() ? 0.3 : 0);
                    if (best == null || score > best.score() || score == best.score() && shape.operation().id().compareTo(best.shape().operation().id()) < 0) {
                        best = new Match(shape, score, wanted.because(), null);
                    }
                }
            }
            if (best != null) {
                choose(new Match(best.shape(), Math.min(wanted.score(), 0.8), wanted.because(), null));
            }
        }

        // An argument that may be left out is looked up only if the task speaks of it.
        private boolean wantsPeople(Shape.Need need) {
            return all.strength(Stem.of(Names.words(need.parameter().name()).getLast())) > 0;
        }

        private boolean searchable(Shape.Need need) {
            return reach.shapes().stream().anyMatch(s -> s.reads() && s.searches() && gives(s, need) > 0.5);
        }

        /// How well an operation gives what an argument names: 0 for not at all.
        private static double gives(Shape shape, Shape.Need need) {
            if (shape.needs().stream().anyMatch(n -> n.thing().equals(need.thing()) && n.kind() == Shape.Need.Kind.IDENTIFIER)) {
                return 0;
            }
            String head = shape.head();
            if (head.equals(need.thing())) {
                return 1;
            }
            if (Lexicon.things(head).contains(need.thing()) || Lexicon.things(need.thing()).contains(head)) {
                return 0.6;
            }
            return 0;
        }
    }
}
