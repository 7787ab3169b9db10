package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass version`.
@Command(description = "print the version")
final class Version implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;

    Version(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
    }

    @Override
    public Integer call() {
        String version =
                Objects.requireNonNullElse(
                        Version.class.getPackage().getImplementationVersion(), "unreleased");
        String java = Runtime.version().toString();
        if (printing.json()) {
            printing.json(Json.object().put("version", version).put("java", java).build());
        } else {
            shell.say("daypass %s (java %s)".formatted(version, java));
        }
        return ExitCode.OK;
    }
}
