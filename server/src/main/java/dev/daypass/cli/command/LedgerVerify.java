package dev.daypass.cli.command;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.ExportFile;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass ledger verify`: the server's own ledger, or an export of it without asking anybody.
@Command(description = "check the ledger against its signed tree, or an export of it")
final class LedgerVerify implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(arity = "0..1", paramLabel = "EXPORT", description = "export file; asks no server")
    private @Nullable Path export;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "the log's public key, or a file with it (default: ledger.pub in --data)")
    private @Nullable String key;

    @Option(
            names = "--witness",
            paramLabel = "FILE|FOLDER|URL",
            description =
                    "checkpoints seen earlier, none of which may be contradicted: a file, to which the new one is added; a folder that several verifiers share (a directory, or a path that ends in /), in which each new one is a file; or an http(s) address that serves one")
    private @Nullable String witness;

    LedgerVerify(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        if (export != null) {
            return told(offline(export));
        }
        Answer answer = operator.send("GET", "/v1/ledger/verify", null);
        if (!answer.good()) {
            return printing.refused(answer);
        }
        ExportCheck.Verdict verdict = verdict(answer.json());
        return told(
                witness == null || !verdict.objection().isEmpty()
                        ? verdict
                        : witnessed(verdict, Witness.of(witness, key())));
    }

    /// The server has to prove that its ledger begins with what was seen earlier (RFC 9162, section
    /// 2.1.4).
    private ExportCheck.Verdict witnessed(ExportCheck.Verdict verdict, Witness seen) {
        NoteKey log = key();
        String contradiction = SeenTree.contradiction(seen.seen());
        if (!contradiction.isEmpty()) {
            return verdict.but("in %s, %s".formatted(seen.who(), contradiction));
        }
        SignedNote newest = null;
        for (SeenTree one : seen.seen()) {
            Tree tree = one.tree();
            Answer answer =
                    operator.send("GET", "/v1/ledger/consistency?from=" + tree.size(), null);
            newest = answer.good() ? following(tree, answer.json(), log) : null;
            if (newest == null) {
                return verdict.but(
                        "its first %d facts are not those that %s knows of%s"
                                .formatted(
                                        tree.size(),
                                        seen.who(),
                                        one.where().equals(seen.who()) ? "" : ": " + one.where()));
            }
        }
        if (newest == null) {
            newest = checkpoint(log);
        }
        seen.add(newest);
        return verdict;
    }

    private static @Nullable SignedNote following(Tree before, Json proved, NoteKey log) {
        try {
            JsonFields fields = JsonFields.of(proved);
            SignedNote note =
                    SignedNote.parse(fields.string("checkpoint").getBytes(StandardCharsets.UTF_8));
            List<TreeHash> proof = fields.strings("proof").stream().map(TreeHash::of).toList();
            Tree after = Checkpoint.verified(note, log).tree();
            return MerkleProof.consistent(before, after, proof) ? note : null;
        } catch (WireException _) {
            return null;
        }
    }

    private SignedNote checkpoint(NoteKey log) {
        Answer answer = operator.send("GET", "/v1/ledger/checkpoint", null);
        try {
            SignedNote note = SignedNote.parse(answer.body().bytes());
            Checkpoint.verified(note, log);
            return note;
        } catch (WireException e) {
            throw new CommandFailure(
                    Visible.of("the server's checkpoint is not to be used: " + e.getMessage()));
        }
    }

    private ExportCheck.Verdict offline(Path file) {
        NoteKey log = key();
        var check = new ExportFile(log);
        Witness seen = witness == null ? null : Witness.of(witness, log);
        if (seen != null) {
            seen.trees().forEach(tree -> check.expect(tree, seen.who()));
        }
        ExportCheck.Verdict verdict = ExportCheck.of(file, check);
        String contradiction = seen == null ? "" : SeenTree.contradiction(seen.seen());
        if (seen != null && !contradiction.isEmpty() && verdict.objection().isEmpty()) {
            return verdict.but("in %s, %s".formatted(seen.who(), contradiction));
        }
        List<Tree> unchecked = check.unchecked();
        if (seen != null && verdict.objection().isEmpty()) {
            if (!unchecked.isEmpty()) {
                shell.note(
                        "%d of %d checkpoints seen earlier are of facts that this export does not hold; export from fact 1 to check them"
                                .formatted(unchecked.size(), seen.trees().size()));
            }
            check.note().ifPresent(seen::add);
        }
        return verdict;
    }

    private NoteKey key() {
        String given = key == null ? operator.file(LogKey.PUBLIC_FILE).toString() : key;
        try {
            if (key != null && given.indexOf('+') > 0) {
                return NoteKey.parse(given);
            }
            return NoteKey.parse(Files.readString(Path.of(given)).strip());
        } catch (WireException e) {
            throw new CommandFailure(
                    "`%s` is no public key of a log: %s".formatted(given, e.getMessage()));
        } catch (IOException _) {
            throw new CommandFailure(
                    "the log's public key is not in `%s`; name it with --key".formatted(given));
        }
    }

    private static ExportCheck.Verdict verdict(Json json) {
        JsonFields fields = JsonFields.of(json);
        boolean verified = fields.booleanOr("verified", false);
        String objection =
                Objects.requireNonNullElse(fields.stringOrNull("objection"), "not verified");
        long facts = fields.longValue("facts");
        return new ExportCheck.Verdict(
                verified ? "" : objection, facts, facts, fields.string("root"));
    }

    private int told(ExportCheck.Verdict verdict) {
        boolean good = verdict.objection().isEmpty();
        if (printing.json()) {
            printing.json(verdict.toJson());
        }
        if (!good) {
            shell.note(
                    "daypass: the ledger is not as it was written: "
                            + Visible.of(verdict.objection()));
        } else if (!printing.json()) {
            shell.say(
                    Visible.of(
                            "verified: %d facts; the tree of %d has the root %s"
                                    .formatted(verdict.facts(), verdict.size(), verdict.root())));
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }
}
