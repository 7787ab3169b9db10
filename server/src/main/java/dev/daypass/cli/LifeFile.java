package dev.daypass.cli;

import dev.daypass.authority.KeyFiles;
import dev.daypass.broker.LastLife;
import dev.daypass.revocation.Incarnation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that says which member a server was: its name and its nonce, joined by `/`.
final class LifeFile implements LastLife {
    static final String NAME = "server.life";

    private static final Logger LOG = LoggerFactory.getLogger(LifeFile.class);
    private static final int BYTES_MAX = 256;

    private final Path file;

    LifeFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    @Override
    public @Nullable Incarnation read() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                return null;
            }
            String[] parts = Files.readString(file).strip().split("/", -1);
            return parts.length == 2 ? new Incarnation(parts[0], parts[1]) : null;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("`{}` does not say who this server was: {}", file, e.getMessage());
            return null;
        }
    }

    @Override
    public void write(Incarnation life) {
        try {
            KeyFiles.replace(file, (life + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("`{}` cannot be written: {}", file, FileReasons.of(e));
        }
    }
}
