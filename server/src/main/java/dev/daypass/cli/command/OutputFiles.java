package dev.daypass.cli.command;

import dev.daypass.cli.FileReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Files that commands write, for their owner alone: whole or not at all.
final class OutputFiles {
    private OutputFiles() {}

    /// Looks whether it could be written, before something is done that cannot be undone.
    ///
    /// @throws CommandFailure if it could not
    static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new CommandFailure("`%s` is a directory, not a file".formatted(file));
        }
        if (!Files.isDirectory(directory)) {
            throw new CommandFailure(
                    "file `%s` cannot be written: there is no directory `%s`"
                            .formatted(file, directory));
        }
        if (!Files.isWritable(directory)) {
            throw new CommandFailure(
                    "file `%s` cannot be written: permission denied".formatted(file));
        }
    }

    /// @throws CommandFailure if it cannot be written
    static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new CommandFailure("`%s` is not a file's name".formatted(file));
        }
        try {
            Path temporary = Files.createTempFile(directory, ".daypass", ".tmp");
            try {
                Files.writeString(temporary, text);
                Files.move(
                        temporary,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "file `%s` cannot be written: %s".formatted(file, FileReasons.of(e)));
        }
    }
}
