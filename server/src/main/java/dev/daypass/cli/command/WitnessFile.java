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
    private final List<SeenTree> seen;

    private WitnessFile(Path file, List<SeenTree> seen) {
        this.file = file;
        this.seen = seen;
    }

    /// A file that is not there yet holds none.
    ///
    /// @throws CommandFailure if it is not such a file, or another log signed what is in it
    static WitnessFile read(Path file, NoteKey log) {
        var seen = new ArrayList<SeenTree>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    Tree tree = Checkpoint.verified(note(line), log).tree();
                    seen.add(new SeenTree(tree, "line %d".formatted(seen.size() + 1)));
                }
            }
        } catch (IOException _) {
            throw new CommandFailure("witness file `%s` cannot be read".formatted(file));
        } catch (WireException e) {
            throw new CommandFailure(
                    "line %d of witness file `%s`: %s"
                            .formatted(seen.size() + 1, file, e.getMessage()));
        }
        return new WitnessFile(file, seen);
    }

    private static SignedNote note(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        if (Json.parse(utf8, JsonLimits.DOCUMENT) instanceof Json.Str(var text)) {
            return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
        }
        throw new WireException("not a checkpoint in quotes");
    }

    List<SeenTree> seen() {
        return seen;
    }

    /// Remembers one more, if its tree is not known.
    void add(SignedNote note) {
        Tree tree = Checkpoint.parse(note.text()).tree();
        if (seen.stream().anyMatch(one -> one.tree().equals(tree))) {
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
}
