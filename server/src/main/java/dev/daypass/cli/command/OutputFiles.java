package dev.daypass.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Files that commands write, for their owner alone: whole or not at all.
final class OutputFiles {
    private OutputFiles() {}

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
                    "file `%s` cannot be written: %s"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }
}
