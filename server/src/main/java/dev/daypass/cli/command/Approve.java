package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass approve`.
@Command(description = "let an account that waits become active, or do more")
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
                answer -> shell.say(text(answer)));
    }

    private String text(Json answer) {
        if (!(answer instanceof Json.Obj(var members))) {
            return "noted";
        }
        if (Json.of("granted").equals(members.get("widening"))) {
            return "the widening of account %s is approved".formatted(id);
        }
        boolean waits =
                Json.of("awaiting_approval").equals(members.get("widening"))
                        || !Json.of("active").equals(members.get("state"));
        return waits
                ? "noted: account %s still waits for others".formatted(id)
                : "account %s is approved: it is active".formatted(id);
    }
}
