package dev.daypass.cli.command;

import dev.daypass.cli.DataDirectoryFailure;
import dev.daypass.cli.FileReasons;
import dev.daypass.cli.StartFailure;
import dev.daypass.cli.Unreachable;
import dev.daypass.identity.InvalidName;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/// Why a command failed, as one line.
final class FailureText {
    private FailureText() {}

    /// @return the exit code that goes with it
    static int told(Shell shell, Exception e) {
        shell.note("daypass: " + line(e));
        return e instanceof Unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }

    private static String line(Throwable e) {
        return switch (e) {
            case Unreachable _ ->
                    said(e)
                            + "; is `daypass serve` running there? --server and --console name another place";
            case CommandFailure _,
                    DataDirectoryFailure _,
                    StartFailure _,
                    WireException _,
                    InvalidName _,
                    StoreUnavailable _ ->
                    said(e);
            case FileSystemException file when file.getFile() != null ->
                    "file `%s` cannot be read or written: %s"
                            .formatted(Visible.of(file.getFile()), FileReasons.of(file));
            case IOException _, UncheckedIOException _ ->
                    "cannot read or write: %s %s".formatted(e.getClass().getSimpleName(), said(e));
            default ->
                    "internal error: %s; run it again with --debug, and report what it prints"
                            .formatted(e.getClass().getSimpleName());
        };
    }

    private static String said(Throwable e) {
        return Visible.of(String.valueOf(e.getMessage()));
    }
}
