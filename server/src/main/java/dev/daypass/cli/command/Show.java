package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass show`.
@Command(description = "print one account, and what it may do")
final class Show implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    Show(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/accounts/" + id, null), this::print);
    }

    private void print(Json account) {
        JsonFields fields = JsonFields.of(account);
        shell.say(AccountText.facts(fields, new Times(shell.clock())));
        List<String> tree = GrantText.tree(fields, Ink.of(shell));
        if (!tree.isEmpty()) {
            shell.say("");
            shell.say(tree);
        }
        shell.say(WideningText.all(fields));
        List<String> needs = GrantText.needs(fields);
        if (!needs.isEmpty()) {
            shell.say("");
            shell.say(needs);
        }
        if (fields.string("state").equals("awaiting_approval") || WideningText.waits(fields)) {
            shell.say("");
            shell.say(
                    "an operator decides: daypass approve %s, or: daypass deny %s"
                            .formatted(id, id));
        }
    }
}
