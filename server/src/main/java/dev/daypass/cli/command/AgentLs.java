package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass agent ls`.
@Command(description = "list agents")
final class AgentLs implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    AgentLs(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/agents", null), this::print);
    }

    private void print(Json agents) {
        var table = new Table("NAME", "ENROLLED", "CEILING", "CERTIFICATE");
        for (JsonFields agent : Printing.rows(agents)) {
            String thumbprint = agent.stringOrNull("thumbprint");
            table.row(
                    agent.string("name"),
                    agent.booleanOr("enrolled", false) ? "yes" : "no",
                    agent.stringOrNull("ceiling") == null ? "reads only" : "its own",
                    thumbprint == null ? "" : thumbprint);
        }
        shell.say(table.linesOr("no agents; add one with: daypass agent add NAME"));
    }
}
