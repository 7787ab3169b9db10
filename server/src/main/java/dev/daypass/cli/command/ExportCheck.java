package dev.daypass.cli.command;

import dev.daypass.identity.InvalidName;
import dev.daypass.ledger.HashChain;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Checks an export of the ledger without a server: every link is computed again.
final class ExportCheck {
    private ExportCheck() {}

    /// What came of it.
    ///
    /// @param objection what is wrong first; empty for nothing
    /// @param facts how many were read
    /// @param head the last link
    record Verdict(String objection, long facts, String head) {
        Json.Obj toJson() {
            return Json.object()
                    .put("verified", objection.isEmpty())
                    .put("objection", objection.isEmpty() ? null : objection)
                    .put("facts", facts)
                    .put("head", head)
                    .build();
        }
    }

    /// @throws CommandFailure if the file cannot be read
    static Verdict of(Path file) {
        var check = new HashChain.Check();
        String objection = "";
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine();
                    line != null && objection.isEmpty();
                    line = lines.readLine()) {
                number++;
                objection = objection(check, line, number);
            }
        } catch (NoSuchFileException _) {
            throw new CommandFailure("there is no file `%s`".formatted(file));
        } catch (CharacterCodingException _) {
            objection = "the export is not UTF-8 text";
        } catch (IOException e) {
            throw new CommandFailure(
                    "file `%s` cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
        }
        return new Verdict(objection, check.facts(), Base64Url.encode(check.head()));
    }

    private static String objection(HashChain.Check check, String line, long number) {
        try {
            byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
            ExportedFact fact = ExportedFact.read(Json.parse(utf8, JsonLimits.DOCUMENT));
            if (number == 1 && fact.entry().sequence() != 1) {
                return "the export begins with fact %d; only one that begins with fact 1 can be verified"
                        .formatted(fact.entry().sequence());
            }
            return check.objection(fact.entry(), fact.linkBytes());
        } catch (WireException | InvalidName e) {
            return "line %d is no fact: %s".formatted(number, e.getMessage());
        }
    }

    /// Whether the chain ends where it is said to end: facts cut off at the end show only so.
    static Verdict endingAt(@Nullable String head, Verdict verdict) {
        if (head == null || !verdict.objection().isEmpty() || head.equals(verdict.head())) {
            return verdict;
        }
        return new Verdict(
                "the last link is not `%s`: facts are missing at the end, or were added"
                        .formatted(head),
                verdict.facts(),
                verdict.head());
    }
}
