package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass service tools`.
@Command(
        description = "say which tools of an MCP server are not what was registered any more",
        footer =
                "Such a tool is hidden and refused until an operator has looked at it: daypass service accept")
final class ServiceTools implements Callable<Integer> {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

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
        var looks = new ArrayList<String>();
        for (Json one : JsonFields.of(answer).items("tools")) {
            JsonFields tool = JsonFields.of(one);
            String name = tool.string("tool");
            JsonFields changed = tool.objectOrNull("changed");
            if (changed == null) {
                tools.row(name, "as registered", tool.string("hash"));
            } else {
                String hash = changed.string("hash");
                tools.row(name, "CHANGED, refused", hash);
                looks.addAll(look(name, hash, changed));
            }
        }
        shell.say(tools.linesOr("`%s` has no tools".formatted(service)));
        shell.say(looks);
    }

    /// What an operator must read before it is accepted, and how it is accepted then.
    private List<String> look(String name, String hash, JsonFields changed) {
        String since = changed.string("seen_at");
        Json definition = changed.take("definition");
        boolean kept = definition != null && !hash.isEmpty();
        return List.of(
                "",
                Visible.of("since %s the server says of `%s`:".formatted(since, name)),
                definition != null && kept
                        ? "  " + Visible.of(definition.text())
                        : "  what is too large to be kept; register the service anew if it is right",
                kept
                        ? "if that is right: daypass service accept " + arguments(name, hash)
                        : "it cannot be accepted as it is");
    }

    /// As a shell takes them: names of tools are a stranger's, and hashes may begin with `-`.
    private String arguments(String name, String hash) {
        String quoted =
                PLAIN.matcher(name).matches()
                        ? name
                        : "'" + Visible.of(name).replace("'", "'\\''") + "'";
        String marked = name.startsWith("-") || hash.startsWith("-") ? "-- " : "";
        return marked + service + " " + quoted + " " + hash;
    }
}
