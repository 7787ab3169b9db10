package dev.daypass.llm;

import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Task;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The operations that a model is shown: those that the embedded parser proposes, then those that
/// share most words with the task, all of them inside the agent's ceiling. Their makers' prose is
/// shown clipped, and is evidence for nothing.
final class Candidates {
    private static final int SUMMARY_CHARS_MAX = 200;
    private static final int DESCRIPTION_CHARS_MAX = 100;
    private static final int PARAMETERS_MAX = 24;
    private static final int CHOICES_MAX = 24;
    private static final int CHARS_MAX = 120_000;

    private final SequencedMap<String, Operation> byName;
    private final List<String> lines;

    private Candidates(SequencedMap<String, Operation> byName, List<String> lines) {
        this.byName = byName;
        this.lines = lines;
    }

    /// @param embedded what the embedded parser made of the task
    /// @param max how many at most
    static Candidates of(Task task, Catalog reach, Intent embedded, int max) {
        var byName = new LinkedHashMap<String, Operation>();
        var lines = new ArrayList<String>();
        int chars = 0;
        for (Operation operation : ranked(task, reach, embedded)) {
            String line = shown(operation).text();
            if (byName.size() == max || chars + line.length() > CHARS_MAX) {
                break;
            }
            if (byName.putIfAbsent(operation.id().toString(), operation) == null) {
                lines.add(line);
                chars += line.length();
            }
        }
        return new Candidates(byName, lines);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /// An operation that was shown, or `null`.
    @org.jspecify.annotations.Nullable
    Operation find(String name) {
        return byName.get(name);
    }

    /// One JSON object a line: what is shown, and with it the version of the catalog.
    String text() {
        return String.join("\n", lines);
    }

    private static List<Operation> ranked(Task task, Catalog reach, Intent embedded) {
        var proposed = new HashMap<OperationId, Integer>();
        for (Proposal proposal : embedded.proposals()) {
            proposed.putIfAbsent(proposal.operation().id(), proposed.size());
        }
        Map<OperationId, Integer> overlap = Overlap.of(task, reach.operations());
        return reach.operations().stream()
                .sorted(
                        java.util.Comparator.comparingInt((Operation o) ->
                                        proposed.getOrDefault(o.id(), Integer.MAX_VALUE))
                                .thenComparingInt(o -> -overlap.getOrDefault(o.id(), 0))
                                .thenComparing(Operation::id))
                .toList();
    }

    private static Json.Obj shown(Operation operation) {
        return Json.object()
                .put("operation", operation.id().toString())
                .put("does", Json.strings(operation.traits().stream().map(Trait::word).toList()))
                .put("description", Clip.to(operation.summary(), SUMMARY_CHARS_MAX))
                .put(
                        "parameters",
                        Json.array(
                                operation.parameters().stream()
                                        .limit(PARAMETERS_MAX)
                                        .map(Candidates::shown)
                                        .toList()))
                .build();
    }

    private static Json.Obj shown(Parameter parameter) {
        List<Json.Str> choices =
                parameter.choices().stream()
                        .limit(CHOICES_MAX)
                        .map(c -> Json.of(Clip.to(choice(c), DESCRIPTION_CHARS_MAX)))
                        .toList();
        return Json.object()
                .put("parameter", Clip.to(parameter.slot(), DESCRIPTION_CHARS_MAX))
                .put("type", Clip.to(parameter.type(), DESCRIPTION_CHARS_MAX))
                .put("description", Clip.to(parameter.description(), DESCRIPTION_CHARS_MAX))
                .put("values", choices.isEmpty() ? null : Json.array(choices))
                .build();
    }

    private static String choice(Parameter.Choice choice) {
        return choice.label().equals(choice.value())
                ? choice.value()
                : choice.value() + " (" + choice.label() + ")";
    }
}
