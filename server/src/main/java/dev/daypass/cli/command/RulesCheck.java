package dev.daypass.cli.command;

import dev.daypass.policy.RuleInfo;
import dev.daypass.policy.Rules;
import dev.daypass.wire.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass rules test`: reads a file as the server would, here.
@Command(description = "check a rule file and print its rules; changes nothing")
final class RulesCheck implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;

    @Parameters(paramLabel = "FILE", description = "rule file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    RulesCheck(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
    }

    @Override
    public Integer call() {
        Rules rules = Rules.parse(file.toString(), InputFiles.text(file));
        Json described = Json.array(rules.describe().stream().map(RuleInfo::toJson).toList());
        if (printing.json()) {
            printing.json(described);
        } else {
            shell.say(RulesText.lines(described));
        }
        return ExitCode.OK;
    }
}
