package dev.daypass.authority;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Files that only their owner may read: mode 0600 in a directory of mode 0700, both created with
/// those modes and not changed to them afterwards. What was written survives a crash: a reader sees
/// the old content or the new, never a part.
public final class KeyFiles {
    /// The longest key file that is read or written, in bytes.
    public static final int FILE_BYTES_MAX = 16 * 1024;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            mode("rwx------");

    private KeyFiles() {}

    /// Writes a file that must not exist yet, and its directory if that is missing.
    ///
    /// @throws FileAlreadyExistsException if the file exists; it is left as it is
    /// @throws KeyFileException if others may write to the directory
    /// @throws IOException if the disk refuses; nothing is left behind
    public static void create(Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(file, content);
        try {
            // A link, unlike a rename, fails when the name is taken.
            Files.createLink(file, temporary);
        } finally {
            Files.delete(temporary);
        }
        flush(directory(file));
    }

    /// Writes a file in place of the one of that name, if there is one.
    ///
    /// @throws KeyFileException if others may write to the directory
    /// @throws IOException if the disk refuses; the old file stays
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(file, content);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flush(directory(file));
    }

    /// Removes a file for good.
    ///
    /// @throws IOException if there is none, or the disk refuses
    public static void delete(Path file) throws IOException {
        Files.delete(file);
        flush(directory(file));
    }

    /// Reads a file that only its owner may read.
    ///
    /// @throws KeyFileException if others may read or replace it, or it is longer than
    ///   [#FILE_BYTES_MAX]
    /// @throws IOException if there is no such file or it cannot be read
    public static byte[] read(Path file) throws IOException {
        requireGuarded(file);
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
            requireSize(file, content);
            return content;
        }
    }

    /// Looks whether [#read] would object to who may read or replace a file.
    ///
    /// @throws KeyFileException if others may
    /// @throws IOException if there is no such file
    public static void requireGuarded(Path file) throws IOException {
        requireOwnerOnly(file);
        requireNobodyElseWrites(directory(file));
    }

    private static Path writeTemporary(Path file, byte[] content) throws IOException {
        requireSize(file, content);
        Path directory = directory(file);
        makeDirectory(directory);
        Path temporary = directory.resolve("." + file.getFileName() + "." + suffix());
        try (var channel = FileChannel.open(temporary, EnumSet.of(CREATE_NEW, WRITE), OWNER_FILE)) {
            writeFully(channel, ByteBuffer.wrap(content));
            channel.force(true);
        } catch (UnsupportedOperationException e) {
            throw noPermissions(directory, e);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            try {
                Files.createDirectories(directory, OWNER_DIRECTORY);
            } catch (UnsupportedOperationException e) {
                throw noPermissions(directory, e);
            }
            Path parent = directory.getParent();
            if (parent != null) {
                flush(parent);
            }
        }
        requireNobodyElseWrites(directory);
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        var others = permissionsOfOthers(file);
        if (!others.isEmpty()) {
            throw new KeyFileException(
                    "key file `%s` is open to others than its owner; close it with: chmod 600 %s"
                            .formatted(file, file));
        }
    }

    // Whoever may write to the directory may put another key in place of this one.
    private static void requireNobodyElseWrites(Path directory) throws IOException {
        var others = permissionsOfOthers(directory);
        if (others.contains(PosixFilePermission.GROUP_WRITE)
                || others.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new KeyFileException(
                    "directory `%s` of a key file is writable by others than its owner; close it with: chmod 700 %s"
                            .formatted(directory, directory));
        }
    }

    private static Set<PosixFilePermission> permissionsOfOthers(Path path) throws IOException {
        try {
            var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
            permissions.removeAll(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
            return permissions;
        } catch (UnsupportedOperationException e) {
            throw noPermissions(path, e);
        }
    }

    private static KeyFileException noPermissions(Path path, UnsupportedOperationException cause) {
        var refusal =
                new KeyFileException(
                        "`%s` is on a file system without owners and modes; key files need one that has them"
                                .formatted(path));
        refusal.initCause(cause);
        return refusal;
    }

    private static void requireSize(Path file, byte[] content) throws KeyFileException {
        if (content.length > FILE_BYTES_MAX) {
            throw new KeyFileException(
                    "key file `%s` is too long; permitted: %d bytes"
                            .formatted(file, FILE_BYTES_MAX));
        }
    }

    // Without this a crash may take the name away again, though the content is on disk.
    private static void flush(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("`%s` is not a file".formatted(file));
        }
        return parent;
    }

    private static String suffix() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".tmp";
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
