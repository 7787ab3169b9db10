package dev.daypass.cli;

import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Shell;

/// The daypass command.
public final class Main {
    private Main() {}

    /// @param args command, options, arguments
    public static void main(String[] args) {
        System.exit(Commands.run(Shell.ofProcess(), args));
    }
}
