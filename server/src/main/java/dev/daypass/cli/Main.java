package dev.daypass.cli;

import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.PlainRun;
import dev.daypass.cli.command.Shell;

/// The daypass command.
public final class Main {
    private Main() {}

    /// @param args command, options, arguments
    public static void main(String[] args) {
        Shell shell = Shell.ofProcess();
        System.exit(PlainRun.of(shell, args).orElseGet(() -> Commands.run(shell, args)));
    }
}
