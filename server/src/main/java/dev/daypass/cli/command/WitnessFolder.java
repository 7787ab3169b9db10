package dev.daypass.cli.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Checkpoints that several verifiers saw earlier, each in a file that is named by its size and
/// root and is never written again: a directory, such as the working copy of a repository or what
/// is mounted from elsewhere. Files of other names are left alone.
final class WitnessFolder {
    static final String SUFFIX = ".checkpoint";

    private static final int NOTE_BYTES_MAX = 64 * 1024;
    private static final int FILES_MAX = 100_000;

    private final Path directory;
    private final List<SeenTree> seen;

    private WitnessFolder(Path directory, List<SeenTree> seen) {
        this.directory = directory;
        this.seen = seen;
    }

    /// @throws CommandFailure if it is not there, cannot be read, or holds what is no checkpoint of
    ///   this log under its name
    static WitnessFolder read(Path directory, NoteKey log) {
        if (!Files.isDirectory(directory)) {
            // Not made here: what is not mounted would seem to know nothing.
            throw new CommandFailure(
                    "witness folder `%s` is not there; make it, or mount it".formatted(directory));
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> named =
                    files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                            .limit(FILES_MAX + 1L)
                            .sorted()
                            .toList();
            if (named.size() > FILES_MAX) {
                throw new CommandFailure(
                        "witness folder `%s` holds more than %d checkpoints"
                                .formatted(directory, FILES_MAX));
            }
            return new WitnessFolder(
                    directory, named.stream().map(file -> seen(file, log)).toList());
        } catch (IOException _) {
            throw new CommandFailure("witness folder `%s` cannot be read".formatted(directory));
        }
    }

    private static SeenTree seen(Path file, NoteKey log) {
        String name = file.getFileName().toString();
        try (var in = Files.newInputStream(file)) {
            SignedNote note = SignedNote.parse(in.readNBytes(NOTE_BYTES_MAX));
            Tree tree = Checkpoint.verified(note, log).tree();
            if (!name.equals(name(tree))) {
                throw new WireException("its name is not that of the checkpoint in it");
            }
            return new SeenTree(tree, "`%s`".formatted(name));
        } catch (IOException | WireException e) {
            throw new CommandFailure(
                    Visible.of("`%s` in the witness folder: %s".formatted(name, e.getMessage())));
        }
    }

    private static String name(Tree tree) {
        return "%018d-%s%s".formatted(tree.size(), tree.root().hex(), SUFFIX);
    }

    List<SeenTree> seen() {
        return seen;
    }

    /// Remembers one more, if its tree is not known. Another verifier may do the same meanwhile.
    void add(SignedNote note) {
        Path file = directory.resolve(name(Checkpoint.parse(note.text()).tree()));
        if (Files.exists(file)) {
            return;
        }
        Path whole = directory.resolve("." + UUID.randomUUID() + ".new");
        try {
            write(whole, note.toString().getBytes(StandardCharsets.UTF_8));
            try {
                publish(whole, file);
            } finally {
                Files.deleteIfExists(whole);
            }
            try (var flushed = FileChannel.open(directory, READ)) {
                flushed.force(true);
            }
        } catch (FileAlreadyExistsException _) {
            // Another verifier was first: it is the same tree.
        } catch (IOException _) {
            throw new CommandFailure("witness folder `%s` cannot be written".formatted(directory));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    // A link, unlike a rename, fails when the name is taken. Some mounts have no links.
    private static void publish(Path whole, Path file) throws IOException {
        try {
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException _) {
            Files.move(whole, file);
        }
    }
}
