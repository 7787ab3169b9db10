package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass service ls`.
@Command(description = "list services")
final class ServiceLs implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    ServiceLs(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/services", null), this::print);
    }

    private void print(Json services) {
        var table = new Table("NAME", "CREDENTIAL", "UPSTREAM");
        var unbound = new ArrayList<String>();
        for (JsonFields service : Printing.rows(services)) {
            table.row(
                    service.string("name"),
                    service.string("credential"),
                    service.string("upstream"));
            if (service.booleanOr("accept_unbound", false)) {
                unbound.add(service.string("name"));
            }
        }
        shell.say(
                table.linesOr(
                        "no services; add one with: daypass service add NAME --openapi FILE --upstream URL"));
        if (!unbound.isEmpty()) {
            shell.say(
                    Visible.of(
                            "accepts tokens that are bound to no key: "
                                    + String.join(", ", unbound)));
        }
    }
}
