package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass events dead`.
@Command(description = "list events that no receiver took and nobody tries any more")
final class EventsDead implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    EventsDead(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/events/dead", null), this::print);
    }

    private void print(Json dead) {
        var table = new Table("RECEIVER", "FACT", "TRIES", "WHY");
        for (JsonFields event : Printing.rows(dead)) {
            table.row(
                    event.string("stream"),
                    String.valueOf(event.longValue("fact")),
                    String.valueOf(event.longValue("tries")),
                    event.string("why"));
        }
        shell.say(table.linesOr("every event was taken, or is still tried"));
    }
}
