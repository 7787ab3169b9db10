package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass usage`.
@Command(description = "print calls by agent, service and day")
final class Usage implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    Usage(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/usage", null), this::print);
    }

    private void print(Json usage) {
        var table = new Table("DAY", "AGENT", "SERVICE", "CALLS", "REFUSED");
        for (JsonFields row : Printing.rows(usage)) {
            table.row(
                    row.string("day"),
                    row.string("agent"),
                    row.string("service"),
                    Long.toString(row.longValue("calls")),
                    Long.toString(row.longValue("refused")));
        }
        shell.say(table.linesOr("no calls yet"));
    }
}
