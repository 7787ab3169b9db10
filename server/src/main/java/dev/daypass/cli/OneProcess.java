package dev.daypass.cli;

import dev.daypass.authority.KeyFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Holds a data directory for one process. The system lets go of it however the process ends.
final class OneProcess implements AutoCloseable {
    private static final String FILE = "edge.lock";

    private final FileChannel channel;

    private OneProcess(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StartFailure if another process has it, or it cannot be had
    static OneProcess lock(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                KeyFiles.replace(file, new byte[0]);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new OneProcess(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StartFailure("`%s` cannot be locked: %s".formatted(file, FileReasons.of(e)));
        }
        throw new StartFailure(
                "an edge runs with the identity in `%s` already; two may not, so enrol another: daypass edge add NAME"
                        .formatted(directory));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // this process has it
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            return; // the lock ends with the process
        }
    }
}
