package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass events verify`.
@Command(description = "send a receiver an event that only shows whether it hears")
final class EventsVerify implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "id of the receiver")
    private String id = "";

    EventsVerify(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("POST", ReceiverPath.of(id) + "/verify", null), this::print);
    }

    private void print(Json answer) {
        JsonFields fields = JsonFields.of(answer);
        if (!fields.booleanOr("taken", false)) {
            throw new CommandFailure(
                    Visible.of("it did not take the event: " + fields.string("why")));
        }
        shell.say(Visible.of("it took the event with state " + fields.string("state")));
    }
}
