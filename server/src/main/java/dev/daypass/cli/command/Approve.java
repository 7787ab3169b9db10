package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass approve`.
@Command(description = "let an account that waits become active")
final class Approve implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    Approve(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("POST", "/v1/accounts/" + id + "/approve", null),
                answer ->
                        shell.say(
                                answer instanceof Json.Obj(var members)
                                                && Json.of("active").equals(members.get("state"))
                                        ? "account %s is approved: it is active".formatted(id)
                                        : "noted: account %s still waits for others"
                                                .formatted(id)));
    }
}
