package dev.daypass.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass events rm`.
@Command(description = "take a receiver of events away, with what is on its way to it")
final class EventsRm implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "id of the receiver")
    private String id = "";

    EventsRm(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("DELETE", ReceiverPath.of(id), null),
                _ -> shell.say(Visible.of("receiver %s is gone".formatted(id))));
    }
}
