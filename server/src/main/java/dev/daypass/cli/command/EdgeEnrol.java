package dev.daypass.cli.command;

import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.cli.EdgeIdentity;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass edge enrol`.
@Command(
        description =
                "make an edge's key here, and have it certified by its broker with an enrolment token")
final class EdgeEnrol implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;

    @Option(
            names = "--broker",
            required = true,
            paramLabel = "URL",
            description = "where the broker listens for agents and edges")
    private String broker = "";

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "enrolment token, or - to read it from standard input, unseen by others")
    private String token = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the edge keeps its identity (DAYPASS_DATA; default: data)")
    private @Nullable String data;

    @Option(names = "--force", description = "replace the identity that is there")
    private boolean force;

    EdgeEnrol(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
    }

    @Override
    public Integer call() {
        Path directory = Path.of(shell.setting(data, "DAYPASS_DATA", "data"));
        if (!force && EdgeIdentity.exists(directory)) {
            throw new CommandFailure(
                    "there is an edge's identity in `%s` already; --data names another place, --force replaces it"
                            .formatted(directory));
        }
        URI url = Urls.parse(broker);
        if (!"https".equals(url.getScheme())) {
            throw new CommandFailure(
                    "a broker speaks tls only, and nothing is sent to `%s` in the clear; use https"
                            .formatted(url));
        }
        Secret given = token.equals("-") ? InputFiles.secret(shell.in()) : Secret.of(token);
        print(EdgeEnrolment.enrol(url, given, directory), directory);
        return ExitCode.OK;
    }

    private void print(EdgeIdentity identity, Path directory) {
        String until = identity.certificate().getNotAfter().toInstant().toString();
        if (printing.json()) {
            printing.json(
                    Json.object()
                            .put("edge", identity.name())
                            .put("data", directory.toString())
                            .put("broker", identity.broker().toString())
                            .put("expires_at", until)
                            .build());
            return;
        }
        shell.say(
                Visible.of(
                        "edge `%s` is enrolled with %s; run it with: daypass serve --roles edge --data %s"
                                .formatted(identity.name(), identity.broker(), directory)));
        shell.say(
                "its certificate ends %s; while it runs, it renews it before"
                        .formatted(new Times(shell.clock()).when(until)));
    }
}
