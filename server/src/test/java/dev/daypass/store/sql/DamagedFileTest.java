package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no database, or is one no more, is refused in one line.
class DamagedFileTest {
    private static final int PAGE_BYTES = 4_096;

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void aFile() {
        file = directory.resolve("daypass.db");
    }

    private Store open() {
        return SqlStore.open(
                new SqlStore.Options(file, 64, 16, dev.daypass.store.FixedMaster.KEY),
                new SettableClock(Sample.START),
                _ -> {});
    }

    private void filled() {
        try (Store store = open()) {
            store.commit(Sample.addAgent()).toCompletableFuture().join();
            for (int i = 0; i < 200; i++) {
                store.commit(Sample.draft(i).open()).toCompletableFuture().join();
            }
        }
    }

    private static void assertOneLine(StoreUnavailable refused) {
        String message = String.valueOf(refused.getMessage());
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("database"), message);
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_the_directory_is_free_again()
            throws IOException {
        Files.writeString(file, "this is a shopping list\n".repeat(500));

        assertOneLine(assertThrows(StoreUnavailable.class, this::open));

        Files.delete(file);
        assertDoesNotThrow(this::filled);
    }

    @Test
    void a_database_whose_pages_are_overwritten_is_refused_when_it_is_read() throws IOException {
        filled();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, PAGE_BYTES, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);

        assertOneLine(assertThrows(StoreUnavailable.class, this::readAll));
    }

    @Test
    void a_truncated_database_is_refused_when_it_is_read() throws IOException {
        filled();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));

        assertOneLine(assertThrows(StoreUnavailable.class, this::readAll));
    }

    private void readAll() {
        try (Store store = open()) {
            store.agents();
            store.facts(1, 10_000);
            store.living(Sample.TENANT, null, 1_000);
        }
    }

    @Test
    void one_directory_serves_one_store_at_a_time() {
        try (Store first = open()) {
            var refused = assertThrows(StoreUnavailable.class, this::open);

            assertTrue(String.valueOf(refused.getMessage()).contains("in use"));
            assertTrue(first.writing());
        }
        assertDoesNotThrow(() -> open().close());
    }

    @Test
    void what_was_committed_is_there_without_a_close() throws IOException {
        filled();
        Path copy = directory.resolve("copy");
        Files.createDirectory(copy);
        try (Store store = open()) {
            store.commit(Sample.end(Sample.id(7))).toCompletableFuture().join();
            for (String name : new String[] {"daypass.db", "daypass.db-wal"}) {
                Files.copy(directory.resolve(name), copy.resolve(name));
            }
        }
        file = copy.resolve("daypass.db");

        try (Store crashed = open()) {
            assertEquals(199, crashed.living(Sample.TENANT, null, 1_000).size());
        }
    }
}
