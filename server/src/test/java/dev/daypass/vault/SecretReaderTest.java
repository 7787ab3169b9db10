package dev.daypass.vault;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.config.SecretSource;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
    @TempDir Path folder = Path.of("");

    @Test
    void a_key_is_read_from_a_file_or_a_variable_and_never_prints() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "sk-1\n");

        var secret = requireNonNull(load(new SecretSource.InFile(file), Map.of()));

        assertEquals("sk-1", secret.reveal());
        assertEquals("[redacted]", secret.toString());
        assertEquals(
                "sk-2",
                requireNonNull(load(new SecretSource.InVariable("KEY"), Map.of("KEY", "sk-2")))
                        .reveal());
        assertNull(load(new SecretSource.None(), Map.of()));
    }

    @Test
    void a_key_that_is_not_there_is_refused_with_its_place() {
        assertEquals(
                "`intent.api_key` is in the variable `KEY`, which is not set",
                refused(new SecretSource.InVariable("KEY"), Map.of()));
        Path missing = folder.resolve("none");
        assertEquals(
                "`intent.api_key` is in the file `%s`, which does not exist".formatted(missing),
                refused(new SecretSource.InFile(missing), Map.of()));
        assertEquals(
                "`intent.api_key` is in the file `%s`, which cannot be read".formatted(folder),
                refused(new SecretSource.InFile(folder), Map.of()));
    }

    @Test
    void what_cannot_be_sent_as_a_key_is_refused_without_being_shown() {
        for (String bad :
                List.of("", " ", "two words", "two\nlines", "schlüssel", "x".repeat(5_000))) {
            String message = refused(new SecretSource.InVariable("KEY"), Map.of("KEY", bad));

            assertEquals(
                    "`intent.api_key` is in the variable `KEY`, which holds no secret; expected 1 to 4096 printable ascii characters on one line",
                    message);
            assertFalse(!bad.isBlank() && message.contains(bad));
        }
    }

    private static String refused(SecretSource source, Map<String, String> environment) {
        return String.valueOf(
                assertThrows(WireException.class, () -> load(source, environment)).getMessage());
    }

    private static @Nullable Secret load(SecretSource source, Map<String, String> environment) {
        return SecretReader.load("intent.api_key", source, environment);
    }
}
