package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass rules load`.
@Command(description = "put a rule file in force, in place of the rules there are")
final class RulesLoad implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "FILE", description = "rule file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    RulesLoad(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        Json request =
                Json.object()
                        .put("source", file.toString())
                        .put("text", InputFiles.text(file))
                        .build();
        return printing.answer(
                operator.send("PUT", "/v1/rules", request),
                rules -> shell.say(RulesText.lines(rules)));
    }
}
