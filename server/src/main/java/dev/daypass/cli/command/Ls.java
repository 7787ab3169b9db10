package dev.daypass.cli.command;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AgentId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `daypass ls`.
@Command(description = "list accounts")
final class Ls implements Callable<Integer> {
    private static final int TASK_CHARS_MAX = 60;
    private static final int USER_CHARS_MAX = 30;

    private static final int LIMIT_MAX = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "only awaiting_approval, active or ended ones")
    private @Nullable AccountState state;

    @Option(names = "--agent", paramLabel = "NAME", description = "only those of this agent")
    private @Nullable AgentId agent;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many, up to 1000 (default: 100)")
    private long limit = 100;

    Ls(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--limit` is %d; expected 1 to %d".formatted(limit, LIMIT_MAX));
        }
        String query =
                "?limit="
                        + limit
                        + (state == null ? "" : "&state=" + state.word())
                        + (agent == null ? "" : "&agent=" + agent);
        return printing.answer(operator.send("GET", "/v1/accounts" + query, null), this::print);
    }

    /// `buybot`, or `buybot for anna`.
    private static String agent(JsonFields account) {
        JsonFields user = account.objectOrNull("user");
        String agent = account.string("agent");
        return user == null
                ? agent
                : agent + " for " + Visible.clipped(user.string("sub"), USER_CHARS_MAX);
    }

    private void print(Json accounts) {
        var times = new Times(shell.clock());
        var table = new Table("ACCOUNT", "STATE", "AGENT", "EXPIRES", "CALLS", "TASK");
        for (JsonFields account : Printing.rows(accounts)) {
            boolean ended = account.string("state").equals("ended");
            table.row(
                    account.string("id"),
                    AccountText.state(account),
                    agent(account),
                    ended ? "" : times.left(account.string("expires_at")),
                    Objects.requireNonNullElse(AccountText.calls(account), ""),
                    Visible.clipped(
                            Objects.requireNonNullElse(account.stringOrNull("task"), ""),
                            TASK_CHARS_MAX));
        }
        shell.say(table.linesOr("no accounts"));
    }
}
