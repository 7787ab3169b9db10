package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass ledger verify`: the server's own ledger, or an export of it without asking anybody.
@Command(description = "check every link of the ledger, or of an export of it")
final class LedgerVerify implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(arity = "0..1", paramLabel = "EXPORT", description = "export file; asks no server")
    private @Nullable Path export;

    @Option(
            names = "--head",
            paramLabel = "LINK",
            description = "the last link, as noted elsewhere: shows facts cut off at the end")
    private @Nullable String head;

    LedgerVerify(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        if (export != null) {
            return told(ExportCheck.of(export));
        }
        Answer answer = operator.send("GET", "/v1/ledger/verify", null);
        return answer.good() ? told(verdict(answer.json())) : printing.refused(answer);
    }

    private static ExportCheck.Verdict verdict(Json json) {
        JsonFields fields = JsonFields.of(json);
        boolean verified = fields.booleanOr("verified", false);
        String objection =
                Objects.requireNonNullElse(fields.stringOrNull("objection"), "not verified");
        return new ExportCheck.Verdict(
                verified ? "" : objection, fields.longValue("facts"), fields.string("head"));
    }

    private int told(ExportCheck.Verdict found) {
        ExportCheck.Verdict verdict = ExportCheck.endingAt(head, found);
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
                            "verified: %d facts, the last link is %s"
                                    .formatted(verdict.facts(), verdict.head())));
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }
}
