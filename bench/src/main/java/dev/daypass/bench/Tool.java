package dev.daypass.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Programs that are measured beside ours: those on the path, else out of Debian packages that
/// `scripts/debian-tool` unpacks.
final class Tool {
    private Tool() {}

    /// @return how to start it; empty where it cannot be had
    static Optional<String> find(String name) {
        String home = System.getenv("DAYPASS_HOME");
        Path script = Path.of(home == null ? "" : home, "scripts", "debian-tool");
        if (!Files.isExecutable(script)) {
            return Optional.empty();
        }
        try {
            Process process =
                    new ProcessBuilder(script.toString(), name)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String path =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(path.strip()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
