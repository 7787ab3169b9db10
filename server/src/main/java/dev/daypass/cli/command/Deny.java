package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass deny`.
@Command(description = "refuse an account, or a widening, that waits")
final class Deny implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    Deny(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("POST", "/v1/accounts/" + id + "/deny", null),
                answer ->
                        shell.say(
                                answer instanceof Json.Obj(var members)
                                                && members.containsKey("widening")
                                        ? "the widening of account %s is denied: it stays as it was"
                                                .formatted(id)
                                        : "account %s is denied: it has ended".formatted(id)));
    }
}
