package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;

/// A problem document on one line: `title: detail (step) — next`.
final class ProblemText {
    private static final int CHARS_MAX = 1_000;

    private ProblemText() {}

    static String line(Answer answer) {
        String said = Visible.clipped(answer.problem(), CHARS_MAX);
        return answer.status() == 401 && answer.text("type").orElse("").endsWith("/not-an-operator")
                ? said
                        + "; here: --data names the server's data directory, or DAYPASS_OPERATOR_TOKEN holds the token"
                : said;
    }

    /// Whether it tells what was left out.
    static boolean tellsDropped(Answer answer) {
        return answer.json() instanceof Json.Obj(var members)
                && members.get("dropped") instanceof Json.Arr;
    }
}
