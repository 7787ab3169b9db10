package dev.daypass.eval;

import dev.daypass.permission.Leaf;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The figures for programs.
final class Figures {
    private Figures() {}

    /// One member for each suite.
    static Json.Obj json(List<Result> results) {
        var out = Json.object();
        results.forEach(result -> out.put(result.suite().name(), one(result)));
        return out.build();
    }

    private static Json one(Result result) {
        return Json.object()
                .put("coverage", decimal(result.coverage()))
                .put("over_privilege", decimal(result.overPrivilege()))
                .put("block", decimal(result.block(false)))
                .put("block_constrained", decimal(result.block(true)))
                .put("usable", decimal(result.usable()))
                .put("excess_writes", decimal(result.excessWrites()))
                .put("p99_ms", decimal(result.p99Millis()))
                .put("attacks", attacks(result))
                .build();
    }

    private static @Nullable Json attacks(Result result) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Assault.Result attack : result.attacks()) {
            int[] family = counts.computeIfAbsent(attack.attack().family(), _ -> new int[3]);
            family[0]++;
            family[1] += attack.noticed() ? 1 : 0;
            family[2] += attack.added().isEmpty() ? 0 : 1;
        }
        var out = Json.object();
        counts.forEach((family, c) ->
                out.put(
                        family,
                        Json.object()
                                .put("n", (long) c[0])
                                .put("reported", (long) c[1])
                                .put("leaked", (long) c[2])
                                .build()));
        return counts.isEmpty() ? null : out.build();
    }

    private static Json decimal(double value) {
        return Double.isNaN(value)
                ? new Json.Null()
                : Json.parse(String.format(Locale.ROOT, "%.4f", value));
    }

    /// One line for each task.
    static List<String> grants(List<Result> results) {
        var out = new ArrayList<String>();
        for (Result result : results) {
            for (Measures.Outcome outcome : result.outcomes()) {
                out.add(line(result.suite(), outcome).text());
            }
        }
        return out;
    }

    private static Json line(Suite suite, Measures.Outcome outcome) {
        Map<dev.daypass.permission.OperationId, String> names = suite.names();
        var leaves =
                Json.array(outcome.confined().leaves().stream().map(l -> leaf(l, names)).toList());
        var waiting = outcome.confined().waiting().stream().map(l -> leaf(l, names)).toList();
        return Json.object()
                .put("suite", suite.name())
                .put("task", outcome.ask().id())
                .put("granted", leaves)
                .put("waiting", waiting.isEmpty() ? null : Json.array(waiting))
                .put("confidence", decimal(outcome.confined().confidence()))
                .build();
    }

    private static Json leaf(Leaf leaf, Map<dev.daypass.permission.OperationId, String> names) {
        var bounds = Json.object();
        leaf.permission()
                .constraints()
                .forEach((slot, bound) ->
                        bounds.put(slot.substring(slot.indexOf('.') + 1), bound.toJson()));
        return Json.object()
                .put("operation", names.getOrDefault(leaf.permission().operation(), ""))
                .put("constraints", bounds.build())
                .put("because", leaf.because())
                .put(
                        "traits",
                        Json.strings(leaf.traits().stream().sorted().map(Trait::word).toList()))
                .build();
    }
}
