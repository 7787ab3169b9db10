package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir Path home;
    private Path path = Path.of(".");

    @BeforeEach
    void initialised() {
        path = home.resolve("data");
        init();
    }

    private void init() {
        new DataDirectory(path).init("example.org", NOW);
    }

    private static void refused(String why, Executable what) {
        assertEquals(why, assertThrows(DataDirectoryFailure.class, what).getMessage());
    }

    @Test
    void what_is_initialised_stays_as_it_is() throws Exception {
        byte[] key = Files.readAllBytes(path.resolve("vault.key"));

        refused(
                "data directory `%s` is initialised already; nothing was changed".formatted(path),
                this::init);
        assertArrayEquals(key, Files.readAllBytes(path.resolve("vault.key")));
    }

    @Test
    void a_lost_key_is_not_answered_with_the_advice_to_make_another() throws Exception {
        Files.delete(path.resolve("vault.key"));

        refused(
                "data directory `%s` lacks `vault.key`; put the file back from a backup"
                        .formatted(path),
                () -> new DataDirectory(path).load());
    }

    @Test
    void keys_without_operators_are_not_mixed_with_new_ones() throws Exception {
        Files.delete(path.resolve("operators"));
        Files.delete(path.resolve("vault.key"));

        refused(
                "data directory `%s` holds `ca.pem` but no `operators`, so nothing was changed; put the file back, or name another with --data"
                        .formatted(path),
                this::init);
        assertFalse(Files.exists(path.resolve("vault.key")));
    }
}
