package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path temp;

    @Test
    void a_new_file_and_its_directory_are_the_owners_alone() throws IOException {
        Path file = temp.resolve("data/keys/a.key");

        KeyFiles.create(file, NEW);

        assertEquals("rw-------", mode(file));
        assertEquals("rwx------", mode(temp.resolve("data/keys")));
        assertEquals("rwx------", mode(temp.resolve("data")));
        assertArrayEquals(NEW, KeyFiles.read(file));
    }

    @Test
    void creating_over_a_file_leaves_it_and_nothing_beside_it() throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);

        assertThrows(FileAlreadyExistsException.class, () -> KeyFiles.create(file, NEW));

        assertArrayEquals(OLD, KeyFiles.read(file));
        assertEquals(List.of(file), filesIn(temp.resolve("keys")));
    }

    @Test
    void replacing_leaves_the_new_file_alone_in_its_directory() throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);

        KeyFiles.replace(file, NEW);

        assertArrayEquals(NEW, KeyFiles.read(file));
        assertEquals("rw-------", mode(file));
        assertEquals(List.of(file), filesIn(temp.resolve("keys")));
    }

    @Test
    void a_failed_replacement_keeps_the_old_file_and_nothing_beside_it() throws IOException {
        Path taken = Files.createDirectories(temp.resolve("keys/a.key/inside"));
        Files.setPosixFilePermissions(
                temp.resolve("keys"), PosixFilePermissions.fromString("rwx------"));

        assertThrows(IOException.class, () -> KeyFiles.replace(temp.resolve("keys/a.key"), NEW));

        assertTrue(Files.isDirectory(taken));
        assertEquals(List.of(temp.resolve("keys/a.key")), filesIn(temp.resolve("keys")));
    }

    @Test
    void a_deleted_file_is_gone() throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);

        KeyFiles.delete(file);

        assertThrows(NoSuchFileException.class, () -> KeyFiles.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void a_file_open_to_others_is_refused_with_the_chmod_that_mends_it(String mode)
            throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        var refusal = assertThrows(KeyFileException.class, () -> KeyFiles.read(file));

        assertEquals(
                "key file `%s` is open to others than its owner; close it with: chmod 600 %s"
                        .formatted(file, file),
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    void a_directory_that_others_may_write_to_is_refused(String mode) throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);
        Files.setPosixFilePermissions(temp.resolve("keys"), PosixFilePermissions.fromString(mode));

        var reading = assertThrows(KeyFileException.class, () -> KeyFiles.read(file));
        assertThrows(KeyFileException.class, () -> KeyFiles.replace(file, NEW));

        assertTrue(
                String.valueOf(reading.getMessage()).endsWith("chmod 700 " + temp.resolve("keys")),
                reading.getMessage());
    }

    @Test
    void a_directory_that_others_may_only_read_is_no_obstacle() throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, OLD);
        Files.setPosixFilePermissions(
                temp.resolve("keys"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertArrayEquals(OLD, KeyFiles.read(file));
    }

    @Test
    void the_longest_file_is_read_and_one_byte_more_is_not() throws IOException {
        Path file = temp.resolve("keys/a.key");
        KeyFiles.create(file, new byte[KeyFiles.FILE_BYTES_MAX]);
        assertEquals(KeyFiles.FILE_BYTES_MAX, KeyFiles.read(file).length);

        Files.write(file, new byte[KeyFiles.FILE_BYTES_MAX + 1]);

        assertThrows(KeyFileException.class, () -> KeyFiles.read(file));
        assertThrows(
                KeyFileException.class,
                () -> KeyFiles.replace(file, new byte[KeyFiles.FILE_BYTES_MAX + 1]));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }
}
