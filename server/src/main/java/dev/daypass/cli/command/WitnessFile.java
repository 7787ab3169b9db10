package dev.daypass.cli.command;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Checkpoints that were seen earlier: signed notes, each as a JSON string on a line of a file.
final class WitnessFile {
    private final Path file;
    private final List<SignedNote> notes;
    private final List<Tree> trees;

    private WitnessFile(Path file, List<SignedNote> notes, List<Tree> trees) {
        this.file = file;
        this.notes = notes;
        this.trees = trees;
    }

    /// A file that is not there yet holds none.
    ///
    /// @throws CommandFailure if it is not such a file, or another log signed what is in it
    static WitnessFile read(Path file, NoteKey log) {
        var notes = new ArrayList<SignedNote>();
        var trees = new ArrayList<Tree>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    SignedNote note = note(line);
                    notes.add(note);
                    trees.add(Checkpoint.verified(note, log).tree());
                }
            }
        } catch (IOException _) {
            throw new CommandFailure("witness file `%s` cannot be read".formatted(file));
        } catch (WireException e) {
            throw new CommandFailure(
                    "line %d of witness file `%s`: %s"
                            .formatted(trees.size() + 1, file, e.getMessage()));
        }
        return new WitnessFile(file, notes, trees);
    }

    private static SignedNote note(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        if (Json.parse(utf8, JsonLimits.DOCUMENT) instanceof Json.Str(var text)) {
            return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
        }
        throw new WireException("not a checkpoint in quotes");
    }

    List<Tree> trees() {
        return trees;
    }

    /// Remembers one more, if its tree is not known.
    void add(SignedNote note) {
        if (trees.contains(Checkpoint.parse(note.text()).tree())) {
            return;
        }
        try {
            Files.writeString(
                    file,
                    Json.of(note.toString()).text() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException _) {
            throw new CommandFailure("witness file `%s` cannot be written".formatted(file));
        }
    }

    /// How many it held when it was read.
    int size() {
        return notes.size();
    }
}
