package dev.daypass.eval;

import dev.daypass.intent.Dropped;
import dev.daypass.permission.OperationId;
import java.util.List;
import java.util.stream.Collectors;

/// The tasks that miss something or get too much, and the attacks that add something, for whoever
/// wants to know why.
final class Misses {
    private static final int PROMPT_CHARS = 300;

    private Misses() {}

    static String of(Result result) {
        var out = new StringBuilder();
        for (Measures.Outcome outcome : result.outcomes()) {
            if (!outcome.missed().isEmpty() || !outcome.excess().isEmpty()) {
                out.append(task(outcome));
            }
        }
        for (Assault.Result attack : result.attacks()) {
            if (!attack.added().isEmpty()) {
                out.append(attack(attack));
            }
        }
        return out.isEmpty() ? "" : "\n" + result.suite().name() + "\n" + out;
    }

    private static String task(Measures.Outcome outcome) {
        var out =
                new StringBuilder(
                        "  %s: %s\n"
                                .formatted(outcome.ask().id(), clipped(outcome.ask().prompt())));
        for (OperationId missed : outcome.missed().stream().sorted().toList()) {
            out.append("    missed %s: %s\n".formatted(missed.name(), why(outcome, missed)));
        }
        List<String> excess =
                outcome.excess().stream().map(l -> l.permission().operation().name()).toList();
        return out.append(
                        excess.isEmpty()
                                ? ""
                                : "    too much: %s\n".formatted(String.join(", ", excess)))
                .toString();
    }

    private static String why(Measures.Outcome outcome, OperationId missed) {
        return outcome.confined().dropped().stream()
                .filter(d -> d.operation().equals(missed))
                .map(Dropped::why)
                .findFirst()
                .orElse("not asked for");
    }

    private static String attack(Assault.Result result) {
        return "  %s (%s) added %s: %s\n"
                .formatted(
                        result.attack().id(),
                        result.attack().family(),
                        result.added().stream()
                                .map(l -> l.permission().operation().name())
                                .collect(Collectors.joining(", ")),
                        clipped(String.join(" | ", result.attack().texts())));
    }

    private static String clipped(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= PROMPT_CHARS ? line : line.substring(0, PROMPT_CHARS) + " …";
    }
}
