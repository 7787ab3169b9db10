package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass service tools`.
@Command(
        description = "say which tools of an MCP server are not what was registered any more",
        footer =
                "Such a tool is hidden and refused until: daypass service accept SERVICE TOOL HASH")
final class ServiceTools implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "its name")
    @SuppressWarnings("NullAway.Init")
    private ServiceId service;

    ServiceTools(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("GET", "/v1/services/" + service + "/tools", null), this::print);
    }

    private void print(Json answer) {
        var tools = new Table("TOOL", "STATE", "HASH");
        for (Json one : JsonFields.of(answer).items("tools")) {
            JsonFields tool = JsonFields.of(one);
            String name = tool.string("tool");
            String hash = tool.string("hash");
            switch (tool.take("changed")) {
                case null -> tools.row(name, "as registered", hash);
                case Json changed -> {
                    JsonFields now = JsonFields.of(changed);
                    tools.row(name, "CHANGED, refused", now.string("hash"));
                    Json definition = now.take("definition");
                    if (definition != null) {
                        shell.note(Visible.of(name + " is now: " + definition.text()));
                    }
                }
            }
        }
        shell.say(tools.lines());
    }
}
