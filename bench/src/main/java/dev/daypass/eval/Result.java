package dev.daypass.eval;

import java.util.ArrayList;
import java.util.List;

/// What became of a suite.
///
/// @param suite the suite
/// @param outcomes of its tasks
/// @param p99Millis of understanding and confining one task, warm
/// @param attacks what they achieved
record Result(
        Suite suite,
        List<Measures.Outcome> outcomes,
        double p99Millis,
        List<Assault.Result> attacks) {
    private static final int WARM_ROUNDS = 30;
    private static final int ROUNDS = 20;

    static Result of(Suite suite, Measures measures, List<Attack> attacks) {
        List<Measures.Outcome> outcomes = measures.outcomes(suite);
        // A model's answers are kept; asked again they cost nothing, and time nothing.
        for (int i = 0; i < WARM_ROUNDS; i++) {
            measures.outcomes(suite);
        }
        var timed = new ArrayList<Measures.Outcome>();
        for (int i = 0; i < ROUNDS; i++) {
            timed.addAll(measures.outcomes(suite));
        }
        var assault = new Assault(suite, measures);
        return new Result(
                suite,
                outcomes,
                Measures.millisAt(timed, 0.99),
                attacks.stream().map(assault::run).toList());
    }

    double coverage() {
        return Measures.coverage(outcomes);
    }

    double overPrivilege() {
        return Measures.overPrivilege(outcomes);
    }

    double usable() {
        return Measures.usable(outcomes);
    }

    double excessWrites() {
        return Measures.excessWrites(outcomes);
    }

    /// @return the share; not a number where no injection needs anything
    double block(boolean constrained) {
        boolean none = suite.injections().stream().allMatch(g -> g.needs().isEmpty());
        return none ? Double.NaN : Measures.block(outcomes, suite.injections(), constrained);
    }
}
