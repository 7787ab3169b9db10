package dev.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a configuration is refused with.
final class Refused {
    private Refused() {}

    /// Writes `yaml` to `daypass.yaml` in `folder`; errors are expected without the folder.
    static void file(Path folder, String yaml, String expected) throws IOException {
        assertEquals(folder + "/" + expected, message(folder, yaml));
    }

    static void variables(Map<String, String> environment, String expected) {
        assertEquals(expected, message(environment));
    }

    static String message(Path folder, String yaml) throws IOException {
        return message(Files.writeString(folder.resolve("daypass.yaml"), yaml), Map.of());
    }

    static String message(Map<String, String> environment) {
        var error = assertThrows(WireException.class, () -> Config.load(null, environment));
        return String.valueOf(error.getMessage());
    }

    static String message(Path file, Map<String, String> environment) {
        var error = assertThrows(WireException.class, () -> Config.load(file, environment));
        return String.valueOf(error.getMessage());
    }
}
