package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass service rm`.
@Command(description = "take a service away, and end the accounts that use it")
final class ServiceRm implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "NAME", description = "name of the service")
    @SuppressWarnings("NullAway.Init")
    private ServiceId name;

    ServiceRm(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("DELETE", "/v1/services/" + name, null),
                removed ->
                        shell.say(
                                "service `%s` is gone; accounts ended: %d"
                                        .formatted(
                                                name, JsonFields.of(removed).longValue("ended"))));
    }
}
