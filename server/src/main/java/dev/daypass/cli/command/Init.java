package dev.daypass.cli.command;

import dev.daypass.cli.DataDirectory;
import dev.daypass.wire.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass init`.
@Command(description = "make a data directory: keys, certificate authority, the first operator")
final class Init implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where (DAYPASS_DATA; default: data)")
    private @Nullable String data;

    @Option(
            names = "--trust-domain",
            paramLabel = "NAME",
            description =
                    "trust domain of the agents' SPIFFE ids (DAYPASS_TRUST_DOMAIN; default: daypass.local)")
    private @Nullable String trustDomain;

    Init(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
    }

    @Override
    public Integer call() {
        Path path = Path.of(shell.setting(data, "DAYPASS_DATA", "data"));
        String domain = shell.setting(trustDomain, "DAYPASS_TRUST_DOMAIN", "daypass.local");
        new DataDirectory(path).init(domain, shell.clock().instant());
        Path token = path.resolve(DataDirectory.OPERATOR_TOKEN);
        if (printing.json()) {
            printing.json(
                    Json.object()
                            .put("data", path.toString())
                            .put("trust_domain", domain)
                            .put("operator_token_file", token.toString())
                            .build());
        } else {
            shell.say(Visible.of("data directory `%s` is ready, for `%s`".formatted(path, domain)));
            shell.say(Visible.of("the operator's token is in `%s`".formatted(token)));
            shell.say("next: daypass serve");
        }
        return ExitCode.OK;
    }
}
