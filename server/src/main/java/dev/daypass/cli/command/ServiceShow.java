package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `daypass service show`.
@Command(description = "list the operations of a service, and what they do to the world")
final class ServiceShow implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "SERVICE", description = "its name")
    @SuppressWarnings("NullAway.Init")
    private ServiceId service;

    ServiceShow(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send("GET", "/v1/services/" + service + "/traits", null), this::print);
    }

    private void print(Json traits) {
        JsonFields fields = JsonFields.of(traits);
        var table = new Table("OPERATION", "TRAITS", "METHOD", "PATH", "CORRECTED");
        for (Json item : fields.items("operations")) {
            JsonFields one = JsonFields.of(item);
            table.row(
                    one.string("operation"),
                    String.join(", ", one.strings("traits")),
                    one.string("method"),
                    one.string("path"),
                    corrected(one));
        }
        shell.say(table.linesOr("no operations"));
        for (Json item : fields.items("missing")) {
            JsonFields one = JsonFields.of(item);
            shell.say(
                    Visible.of(
                            "not there any more: %s, %s (%s); take it back with: daypass service traits %s %s --reset"
                                    .formatted(
                                            one.string("operation"),
                                            String.join(", ", one.strings("traits")),
                                            corrected(one),
                                            service,
                                            one.string("operation"))));
        }
    }

    private static String corrected(JsonFields one) {
        String by = one.stringOrNull("corrected_by");
        return by == null
                ? ""
                : "by %s at %s; its document: %s"
                        .formatted(
                                by,
                                one.string("corrected_at"),
                                String.join(", ", one.strings("document")));
    }
}
