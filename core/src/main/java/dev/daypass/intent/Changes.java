package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;

/// Chooses the operations for what a task asks to be made, changed, sent or removed: for each
/// action those that fit it best.
final class Changes {
    private static final double FIT_MIN = 0.6;
    private static final double NEAR = 0.08;

    private final Reading reading;
    private final Catalog catalog;

    Changes(Reading reading, Catalog catalog) {
        this.reading = reading;
        this.catalog = catalog;
    }

    /// @return how well each action is served that asks for a change, 0 for not at all
    List<Double> choose(Chosen chosen) {
        var served = new ArrayList<Double>();
        for (Action action : reading.actions()) {
            if (!action.negated() && action.changes()) {
                List<Match> found = fitting(action);
                double best = found.stream().mapToDouble(Match::score).max().orElse(0);
                found.stream().filter(m -> m.score() >= best - NEAR).forEach(chosen::add);
                if (best > 0 || !action.looks()) {
                    served.add(Math.min(1, best));
                }
            }
        }
        return served;
    }

    private List<Match> fitting(Action action) {
        Mentions said = Subjects.of(action, reading);
        var found = new ArrayList<Match>();
        for (Shape shape : catalog.changing(action.groups())) {
            Match match = Match.change(shape, action, said, catalog);
            if (match != null && match.score() >= FIT_MIN && !reading.forbids(shape)) {
                found.add(match);
            }
        }
        return found;
    }
}
