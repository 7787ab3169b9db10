package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass edge ls`.
@Command(description = "list edges in processes of their own")
final class EdgeLs implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    EdgeLs(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(operator.send("GET", "/v1/edges", null), this::print);
    }

    private void print(Json edges) {
        var table = new Table("NAME", "STATE", "APPLIED", "SERVICES", "HOSTS");
        for (JsonFields edge : Printing.rows(edges)) {
            List<JsonFields> lives = edge.items("lives").stream().map(JsonFields::of).toList();
            List<JsonFields> members =
                    lives.stream().filter(life -> !life.booleanOr("leaving", false)).toList();
            String name = edge.string("name");
            List<String> services = edge.strings("services");
            table.row(
                    name,
                    state(edge, !lives.isEmpty(), !members.isEmpty()),
                    members.isEmpty() ? "" : applied(members.getFirst()),
                    services.isEmpty() ? "all" : String.join(",", services),
                    String.join(",", edge.strings("hosts")));
        }
        shell.say(
                table.linesOr(
                        "no edges but the broker's own; add one with: daypass edge add NAME"));
    }

    private static String applied(JsonFields life) {
        long applied = life.longValue("applied");
        return applied < 0 ? "" : String.valueOf(applied);
    }

    private static String state(JsonFields edge, boolean living, boolean member) {
        if (!edge.booleanOr("enrolled", false)) {
            return "not enrolled";
        }
        if (member) {
            return "joined";
        }
        return living ? "leaving" : "away";
    }
}
