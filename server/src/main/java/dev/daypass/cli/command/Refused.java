package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.JsonFields;

/// An account, or an explanation of one, that was refused: why, and what was left out.
final class Refused {
    private Refused() {}

    static int print(Shell shell, Printing printing, Answer answer) {
        if (!printing.json() && ProblemText.tellsDropped(answer)) {
            GrantText.dropped(JsonFields.of(answer.json())).forEach(shell::note);
        }
        return printing.refused(answer);
    }
}
