package dev.daypass.llm;

import dev.daypass.config.IntentSettings.Mode;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.OperationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts together what the embedded parser and the model propose.
final class Combination {
    private Combination() {}

    static Intent of(Mode mode, Intent embedded, Intent model) {
        return switch (mode) {
            case EMBEDDED -> embedded;
            case MODEL -> model;
            case AGREE -> agree(embedded, model);
            case MODEL_THEN_HUMAN -> thenHuman(embedded, model);
        };
    }

    /// The operations of both, within the bounds of both.
    private static Intent agree(Intent embedded, Intent model) {
        Map<OperationId, Proposal> theirs = byOperation(model);
        var out = new ArrayList<Proposal>();
        for (Proposal own : embedded.proposals()) {
            Proposal other = theirs.get(own.operation().id());
            if (other != null) {
                out.add(within(own, other));
            }
        }
        return new Intent(out, out.isEmpty() ? 0 : embedded.confidence(), embedded.questions());
    }

    private static Proposal within(Proposal own, Proposal other) {
        var bounds = new TreeMap<String, Constraint>(own.constraints());
        other.constraints().forEach((slot, bound) -> bounds.merge(slot, bound, Constraint::both));
        return new Proposal(
                own.operation(),
                bounds,
                own.because(),
                own.score(),
                own.waits() || other.waits(),
                own.serves());
    }

    /// The embedded parser's, and what only the model proposes for a human to decide.
    private static Intent thenHuman(Intent embedded, Intent model) {
        Map<OperationId, Proposal> own = byOperation(embedded);
        List<Proposal> more =
                model.proposals().stream()
                        .filter(p -> !own.containsKey(p.operation().id()))
                        .map(Proposal::waiting)
                        .toList();
        var out = new ArrayList<>(embedded.proposals());
        out.addAll(more);
        double sure =
                more.isEmpty()
                        ? embedded.confidence()
                        : Math.max(embedded.confidence(), model.confidence());
        return new Intent(out, sure, embedded.questions());
    }

    private static Map<OperationId, Proposal> byOperation(Intent intent) {
        var out = new HashMap<OperationId, Proposal>();
        intent.proposals().forEach(p -> out.putIfAbsent(p.operation().id(), p));
        return out;
    }
}
