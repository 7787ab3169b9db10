package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass events ls`.
@Command(description = "list receivers of events")
final class EventsLs implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    EventsLs(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/events/streams", null), this::print);
    }

    private void print(Json streams) {
        var table = new Table("ID", "WAITING", "ENDPOINT");
        for (JsonFields stream : Printing.rows(streams)) {
            table.row(
                    stream.string("id"),
                    String.valueOf(stream.longValue("waiting")),
                    stream.string("endpoint"));
        }
        shell.say(table.linesOr("no receivers; add one with: daypass events add URL"));
    }
}
