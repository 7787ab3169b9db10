package dev.daypass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.KeyFiles;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is signed is on disk first, follows from what was signed before, and is not handed out
/// where it cannot be kept.
class CheckpointerTest {
    @TempDir Path home;
    private Path directory = Path.of(".");
    private final Leaves leaves = new Leaves();

    @BeforeEach
    void aDirectory() throws IOException {
        directory = home.resolve("data");
        LogKey.create(directory, "daypass.example");
    }

    private Checkpointer open() {
        return Checkpointer.open(directory, "daypass.example", leaves);
    }

    private static Tree tree(Checkpointer checkpoints, SignedNote note) {
        return Checkpoint.verified(note, checkpoints.key()).tree();
    }

    @Test
    void nothing_is_signed_while_there_is_nothing() {
        Checkpointer checkpoints = open();

        checkpoints.tick();

        assertNull(checkpoints.latest());
        assertThrows(StoreUnavailable.class, checkpoints::now);
    }

    @Test
    void what_has_grown_is_signed_once_and_taken_up_again() {
        leaves.add(5, "a");
        Checkpointer checkpoints = open();
        SignedNote first = checkpoints.now();
        assertEquals(leaves.tree(), tree(checkpoints, first));
        assertEquals(first, checkpoints.now());
        leaves.add(4, "b");

        Checkpointer again = open();

        assertEquals(first, again.latest());
        assertEquals(leaves.tree(), tree(again, again.now()));
    }

    @Test
    void what_cannot_be_kept_is_not_handed_out_and_is_told_until_it_can() throws IOException {
        leaves.add(5, "a");
        Checkpointer checkpoints = open();
        SignedNote first = checkpoints.now();
        leaves.add(1, "b");
        Path file = directory.resolve(Checkpointer.FILE);
        Files.delete(file);
        Files.createDirectory(file);
        Files.createFile(file.resolve("in the way"));

        checkpoints.tick();

        assertEquals(first, checkpoints.latest());
        assertFalse(checkpoints.failure().isEmpty());
        assertThrows(StoreUnavailable.class, checkpoints::now);
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        assertEquals(leaves.tree(), tree(checkpoints, checkpoints.now()));
        assertEquals("", checkpoints.failure());
    }

    @Test
    void another_ledger_or_a_shorter_one_is_not_taken_up() {
        leaves.add(5, "a");
        open().tick();
        leaves.removeLast();
        assertTrue(refused().contains("5 were signed"));
        leaves.clear();
        leaves.add(9, "c");
        assertTrue(refused().contains("first 5 facts were changed"));
    }

    @Test
    void a_damaged_checkpoint_or_key_is_refused() throws IOException {
        leaves.add(5, "a");
        open().tick();
        Path file = directory.resolve(Checkpointer.FILE);
        byte[] whole = KeyFiles.read(file);
        for (int cut : List.of(0, 1, whole.length / 2, whole.length - 1)) {
            KeyFiles.replace(file, java.util.Arrays.copyOf(whole, cut));
            assertTrue(refused().contains("put it back from a backup"));
        }
        KeyFiles.replace(file, whole);
        open();
        Path key = directory.resolve(LogKey.FILE);
        byte[] secret = KeyFiles.read(key);
        for (int cut : List.of(0, 20, secret.length - 5)) {
            KeyFiles.replace(key, java.util.Arrays.copyOf(secret, cut));
            String message = refused();
            assertTrue(message.contains("is damaged"), message);
        }
        Files.delete(key);
        assertTrue(refused().contains("is lost"));
    }

    @Test
    void a_lost_key_is_not_made_anew_even_where_its_checkpoint_is_lost_too() throws IOException {
        leaves.add(5, "a");
        open().tick();
        Files.delete(directory.resolve(LogKey.FILE));
        Files.delete(directory.resolve(Checkpointer.FILE));
        assertTrue(refused().contains("put both back from a backup"));

        // An operator who has no backup begins a log of a new name, in so many words.
        Files.delete(directory.resolve(LogKey.PUBLIC_FILE));
        open().tick();
    }

    @Test
    void what_a_crash_left_beside_the_checkpoint_does_not_count() throws IOException {
        leaves.add(5, "a");
        open().tick();
        byte[] whole = KeyFiles.read(directory.resolve(Checkpointer.FILE));
        Files.write(
                directory.resolve("." + Checkpointer.FILE + ".torn.tmp"),
                java.util.Arrays.copyOf(whole, 10));

        leaves.add(2, "b");
        open().tick();
        open();
    }

    private String refused() {
        return Objects.requireNonNull(
                assertThrows(CheckpointsBroken.class, this::open).getMessage());
    }
}
