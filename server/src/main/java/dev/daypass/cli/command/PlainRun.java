package dev.daypass.cli.command;

import dev.daypass.authority.ClientCrypto;
import java.util.List;
import java.util.OptionalInt;

/// `daypass run` with plain arguments: somebody waits for the program, so nothing is loaded that it
/// does not need.
public final class PlainRun {
    private PlainRun() {}

    /// Runs it in this process, which does nothing else.
    ///
    /// @return the exit status; empty where the arguments ask for something else, or are not plain
    public static OptionalInt tryRun(Shell shell, String... args) {
        RunOptions options = RunArguments.read(List.of(args)).orElse(null);
        if (options == null) {
            return OptionalInt.empty();
        }
        try {
            ClientCrypto.install();
            return OptionalInt.of(new TaskProgram(shell, new Printing(shell), options).run());
        } catch (Exception e) {
            return OptionalInt.of(FailureText.told(shell, e));
        }
    }
}
