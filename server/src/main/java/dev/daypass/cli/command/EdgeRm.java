package dev.daypass.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass edge rm`.
@Command(description = "take an edge away: it stops serving when its lease is over")
final class EdgeRm implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "NAME", description = "name of the edge")
    private String name = "";

    EdgeRm(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new CommandFailure(
                    "`%s` is no name of an edge; see: daypass edge ls"
                            .formatted(Visible.clipped(name, 63)));
        }
        return printing.answer(
                operator.send("DELETE", "/v1/edges/" + name, null),
                _ ->
                        shell.say(
                                "edge `%s` is gone; it stops serving when its lease is over"
                                        .formatted(name)));
    }
}
