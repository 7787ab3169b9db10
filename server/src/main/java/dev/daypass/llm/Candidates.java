package dev.daypass.llm;

import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Task;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations that a model is shown: those that the embedded parser proposes, then those that
/// share most words with the task, all of them inside the agent's ceiling. Their makers' prose is
/// shown clipped, and is evidence for nothing.
final class Candidates {
    private static final int CHARS_MAX = 120_000;

    private final Map<String, Operation> byName = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Candidates() {}

    /// What operations are chosen from.
    ///
    /// @param reach those inside the ceiling
    /// @param shelf what is shown of each
    /// @param max how many are shown at most
    record Choice(Catalog reach, Shelf shelf, int max) {}

    /// @param embedded what the embedded parser made of the task
    static Candidates of(Task task, Intent embedded, Choice from) {
        var out = new Candidates();
        int chars = 0;
        for (Operation operation : ranked(task, embedded, from)) {
            String line = from.shelf().of(operation).line();
            chars += line.length();
            if (out.lines.size() == from.max() || chars > CHARS_MAX) {
                break;
            }
            if (out.byName.putIfAbsent(operation.id().toString(), operation) == null) {
                out.lines.add(line);
            }
        }
        return out;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// An operation that was shown, or `null`.
    @Nullable Operation find(String name) {
        return byName.get(name);
    }

    /// One JSON object a line: what is shown, and with it the version of the catalog.
    String text() {
        return String.join("\n", lines);
    }

    private static List<Operation> ranked(Task task, Intent embedded, Choice from) {
        var proposed = new HashMap<OperationId, Integer>();
        for (Proposal proposal : embedded.proposals()) {
            proposed.putIfAbsent(proposal.operation().id(), proposed.size());
        }
        Set<String> asked = Shelf.beginnings(task.text());
        record Ranked(Operation operation, int place, int overlap) {}
        return from.reach().operations().stream()
                .map(o ->
                        new Ranked(
                                o,
                                proposed.getOrDefault(o.id(), Integer.MAX_VALUE),
                                from.shelf().of(o).overlap(asked)))
                .sorted(
                        Comparator.comparingInt(Ranked::place)
                                .thenComparingInt(r -> -r.overlap())
                                .thenComparing(r -> r.operation().id()))
                .map(Ranked::operation)
                .toList();
    }
}
