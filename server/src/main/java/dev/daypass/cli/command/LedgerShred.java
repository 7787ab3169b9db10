package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass ledger shred`: destroys the keys of what is personal.
@Command(description = "make what is personal of an account or a user unreadable for ever")
final class LedgerShred implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Option(names = "--account", paramLabel = "ID", description = "an account that has ended")
    private @Nullable AccountId account;

    @Option(
            names = "--user",
            paramLabel = "SUB",
            description = "all ended accounts for this user, as the issuer names them")
    private @Nullable String user;

    @Option(names = "--issuer", paramLabel = "URL", description = "the user's issuer")
    private @Nullable String issuer;

    LedgerShred(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("POST", "/v1/ledger/shred", asked()), this::print);
    }

    private Json asked() {
        if ((account == null) == (user == null)) {
            throw new CommandFailure("name an account with --account, or a user with --user");
        }
        if (user != null && issuer == null) {
            throw new CommandFailure("a user means something only with --issuer");
        }
        return user == null
                ? Json.object().put("account", String.valueOf(account)).build()
                : Json.object()
                        .put("user", Json.object().put("issuer", issuer).put("sub", user).build())
                        .build();
    }

    private void print(Json answer) {
        JsonFields fields = JsonFields.of(answer);
        long living = fields.longValue("living");
        shell.say("accounts shredded: %d".formatted(fields.longValue("shredded")));
        if (living > 0) {
            shell.say("accounts that live still: %d; end them first".formatted(living));
        }
    }
}
