package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass end`.
@Command(description = "end an account, as the agent that opened it")
final class End implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;

    @Parameters(paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    End(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                agent.client().send("POST", "/v1/accounts/" + id + "/complete", null),
                _ -> shell.say("account %s is ended".formatted(id)));
    }
}
