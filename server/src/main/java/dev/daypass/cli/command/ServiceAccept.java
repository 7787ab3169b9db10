package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass service accept`.
@Command(
        description = "accept what an MCP server says of a tool now",
        footer = "Where a hash begins with `-`, write `--` before the service.")
final class ServiceAccept implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "its name")
    @SuppressWarnings("NullAway.Init")
    private ServiceId service;

    @Parameters(index = "1", paramLabel = "TOOL", description = "the tool's name")
    private String tool = "";

    @Parameters(
            index = "2",
            paramLabel = "HASH",
            description = "of the definition that you looked at; see: daypass service tools")
    private String hash = "";

    ServiceAccept(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send(
                        "POST",
                        "/v1/services/" + service + "/tools/accept",
                        Json.object().put("tool", tool).put("hash", hash).build()),
                _ ->
                        shell.say(
                                Visible.of(
                                        "tool `%s` of `%s` is in force as it is now"
                                                .formatted(tool, service))));
    }
}
