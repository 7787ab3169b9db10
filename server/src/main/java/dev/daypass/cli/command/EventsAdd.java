package dev.daypass.cli.command;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass events add`.
@Command(description = "tell a receiver of every account that ends before its time")
final class EventsAdd implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(
            paramLabel = "URL",
            description = "where it takes signed events (RFC 8935); https, or http on loopback")
    private String url = "";

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            description = "what the events have as `aud` (default: the URL)")
    private @Nullable String audience;

    @Option(
            names = "--authorization-file",
            paramLabel = "FILE",
            description = "what the authorization field of each request says is in a file")
    private @Nullable Path authorizationFile;

    @Option(
            names = "--authorization-env",
            paramLabel = "VARIABLE",
            description = "the same, in an environment variable")
    private @Nullable String authorizationVariable;

    EventsAdd(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        if (authorizationFile != null && authorizationVariable != null) {
            throw new CommandFailure("give one of --authorization-file and --authorization-env");
        }
        Secret authorization = authorization();
        return printing.answer(
                operator.send(
                        "POST",
                        "/v1/events/streams",
                        Json.object()
                                .put("endpoint", url)
                                .put("audience", audience)
                                .put(
                                        "authorization",
                                        authorization == null ? null : authorization.reveal())
                                .build()),
                this::print);
    }

    private @Nullable Secret authorization() {
        if (authorizationFile != null) {
            return InputFiles.secret(authorizationFile);
        }
        if (authorizationVariable == null) {
            return null;
        }
        String value = shell.environment().getOrDefault(authorizationVariable, "");
        if (value.isEmpty()) {
            throw new CommandFailure(
                    "environment variable `%s` is not set".formatted(authorizationVariable));
        }
        return Secret.of(value);
    }

    private void print(Json added) {
        String id = JsonFields.of(added).string("id");
        shell.say(Visible.of("receiver %s is told of endings from now on".formatted(id)));
        shell.say(Visible.of("see whether it hears: daypass events verify " + id));
    }
}
