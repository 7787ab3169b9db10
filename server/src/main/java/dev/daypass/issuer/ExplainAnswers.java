package dev.daypass.issuer;

import dev.daypass.broker.Confidence;
import dev.daypass.broker.Explanation;
import dev.daypass.broker.Waits;
import dev.daypass.http.Response;
import dev.daypass.intent.Span;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Trait;
import dev.daypass.store.Correction;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What agents and operators are told of a task that is only explained.
public final class ExplainAnswers {
    private static final String CORRECTED = "an operator says so";

    private ExplainAnswers() {}

    /// @param task that was explained
    public static Response response(String task, Explanation explanation) {
        return switch (explanation) {
            case Explanation.No(var why) -> AccountAnswers.problem(why).toResponse();
            case Explanation.Yes yes -> Response.json(200, explained(task, yes));
        };
    }

    private static Json explained(String task, Explanation.Yes yes) {
        return Json.object()
                .put("task", task)
                .put("ttl", Durations.text(yes.ttl()))
                .put("grant", leaves(yes))
                .put("waiting", Waits.json(yes.confined().waiting()))
                .put("dropped", AccountAnswers.dropped(yes.confined()))
                .put("dropped_more", yes.confined().droppedMore())
                .put("confidence", Confidence.toJson(yes.confined().confidence()))
                .put("notices", AccountAnswers.notices(yes.confined()))
                .put("questions", Json.strings(yes.confined().questions()))
                .put("needs", AccountAnswers.needs(yes.needs()))
                .build();
    }

    private static Json leaves(Explanation.Yes yes) {
        var all = new java.util.ArrayList<Leaf>(yes.confined().leaves());
        all.addAll(yes.confined().waiting());
        all.sort(java.util.Comparator.comparing(leaf -> leaf.permission().operation()));
        return Json.array(all.stream().map(leaf -> leaf(leaf, yes)).toList());
    }

    /// A leaf with the place of its words, in characters.
    private static Json leaf(Leaf leaf, Explanation.Yes yes) {
        var out = new LinkedHashMap<>(leaf.told().members());
        Span span = yes.confined().span(leaf);
        out.put("span", Json.array(List.of(Json.of(span.start()), Json.of(span.end()))));
        Correction correction = yes.corrections().get(leaf.permission().operation());
        if (correction != null) {
            out.putAll(CorrectionAnswers.members(correction));
        }
        out.put("facts", facts(leaf, correction, yes));
        out.put("rule", Json.of(JustificationText.of(leaf.traits())));
        return Json.obj(out);
    }

    /// Why the operation has each of its traits.
    private static Json.Obj facts(Leaf leaf, @Nullable Correction correction, Explanation.Yes yes) {
        Map<Trait, String> facts =
                yes.facts().getOrDefault(leaf.permission().operation(), Map.of());
        var out = new LinkedHashMap<String, Json>();
        leaf.traits().stream()
                .sorted()
                .forEach(trait -> {
                    String fact = correction == null ? facts.get(trait) : CORRECTED;
                    if (fact != null) {
                        out.put(trait.word(), Json.of(fact));
                    }
                });
        return Json.obj(out);
    }
}
