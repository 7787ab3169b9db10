package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass edge add`. The token alone goes to standard output, so that it can be piped on.
@Command(
        description =
                "register an edge in a process of its own, and print its one-time enrolment token")
final class EdgeAdd implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "NAME", description = "name of the edge")
    private String name = "";

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "a service that it serves, again for each (default: all)")
    private final List<String> services = new ArrayList<>();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "a name that agents call it by, again for each, besides localhost and 127.0.0.1")
    private final List<String> hosts = new ArrayList<>();

    EdgeAdd(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send(
                        "POST",
                        "/v1/edges",
                        Json.object()
                                .put("name", name)
                                .put("services", Json.strings(services))
                                .put("hosts", Json.strings(hosts))
                                .build()),
                this::print);
    }

    private void print(Json added) {
        JsonFields fields = JsonFields.of(added);
        shell.note(
                "edge `%s` is registered; where it runs, within %s, give this token to: daypass edge enrol --broker URL --token - --data DIR"
                        .formatted(
                                name,
                                Times.rough(Duration.ofSeconds(fields.longValue("expires_in")))));
        shell.say(Visible.of(fields.string("enrolment_token")));
    }
}
