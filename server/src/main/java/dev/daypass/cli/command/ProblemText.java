package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;

/// A problem document on one line: `title: detail (step) — next`.
final class ProblemText {
    private static final int CHARS_MAX = 1_000;

    private ProblemText() {}

    static String line(Answer answer) {
        String title = answer.text("title").orElse("");
        if (title.isEmpty()) {
            return "the server answered %d without saying why; is it a Daypass server?"
                    .formatted(answer.status());
        }
        var line = new StringBuilder(title);
        answer.text("detail").ifPresent(detail -> line.append(": ").append(detail));
        answer.text("step").ifPresent(step -> line.append(" (").append(step).append(')'));
        answer.text("next").ifPresent(next -> line.append(" — ").append(next));
        return Visible.clipped(line.toString(), CHARS_MAX);
    }

    /// Whether it tells what was left out.
    static boolean tellsDropped(Answer answer) {
        return answer.json() instanceof Json.Obj(var members)
                && members.get("dropped") instanceof Json.Arr;
    }
}
