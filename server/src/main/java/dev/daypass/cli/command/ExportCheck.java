package dev.daypass.cli.command;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.ExportFile;
import dev.daypass.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Checks an export of the ledger without a server.
final class ExportCheck {
    private ExportCheck() {}

    /// What came of it.
    ///
    /// @param objection what is wrong first; empty for nothing
    /// @param facts how many were read
    /// @param size of the tree that is signed
    /// @param root of that tree
    record Verdict(String objection, long facts, long size, String root) {
        /// The same with something that is wrong.
        Verdict but(String wrong) {
            return new Verdict(wrong, facts, size, root);
        }

        Json.Obj toJson() {
            return Json.object()
                    .put("verified", objection.isEmpty())
                    .put("objection", objection.isEmpty() ? null : objection)
                    .put("facts", facts)
                    .put("size", size)
                    .put("root", root)
                    .build();
        }
    }

    /// @throws CommandFailure if the file cannot be read
    static Verdict of(Path file, ExportFile export) {
        String objection = "";
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine();
                    line != null && objection.isEmpty();
                    line = lines.readLine()) {
                objection = export.line(line);
            }
        } catch (NoSuchFileException _) {
            throw new CommandFailure("there is no file `%s`".formatted(file));
        } catch (CharacterCodingException _) {
            objection = "the export is not UTF-8 text";
        } catch (IOException e) {
            throw new CommandFailure(
                    "file `%s` cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
        }
        Checkpoint checkpoint = export.checkpoint();
        return new Verdict(
                objection.isEmpty() ? export.end() : objection,
                export.facts(),
                checkpoint == null ? 0 : checkpoint.tree().size(),
                checkpoint == null ? "" : checkpoint.tree().root().toString());
    }
}
