package dev.daypass.cli.command;

import dev.daypass.identity.AgentId;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass agent rm`.
@Command(description = "take an agent away, and end its accounts")
final class AgentRm implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "NAME", description = "name of the agent")
    @SuppressWarnings("NullAway.Init")
    private AgentId name;

    AgentRm(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("DELETE", "/v1/agents/" + name, null),
                removed ->
                        shell.say(
                                "agent `%s` is gone; accounts ended: %d"
                                        .formatted(
                                                name, JsonFields.of(removed).longValue("ended"))));
    }
}
