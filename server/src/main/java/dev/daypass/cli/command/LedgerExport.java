package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass ledger export`: a part of the ledger in a file that can be verified alone: a head, one
/// fact a line, and a last line with the signed checkpoint.
@Command(description = "print facts of the ledger with what is needed to verify them elsewhere")
final class LedgerExport implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Option(names = "--from", paramLabel = "N", description = "first fact (default: 1)")
    private long from = 1;

    @Option(names = "--to", paramLabel = "N", description = "last fact (default: the last)")
    private long to = Long.MAX_VALUE;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "write there instead of to standard output")
    private @Nullable Path file;

    LedgerExport(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            return pages(shell.out());
        }
        OutputFiles.requireWritable(file);
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            int code;
            try (var out = new PrintStream(temporary.toFile(), StandardCharsets.UTF_8)) {
                code = pages(out);
            }
            if (code == ExitCode.OK) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return code;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private int pages(PrintStream out) {
        Answer range =
                operator.send("GET", "/v1/ledger/range?from=%d&to=%d".formatted(from, to), null);
        if (!range.good()) {
            return printing.refused(range);
        }
        JsonFields parts = JsonFields.of(range.json());
        Json head = Objects.requireNonNull(parts.take("head"));
        long last = JsonFields.of(head).longValue("to");
        print(out, head);
        for (long next = from; next <= last; ) {
            Answer answer =
                    operator.send(
                            "GET",
                            "/v1/ledger/facts?from=%d&limit=%d&as=kept"
                                    .formatted(next, Math.min(PAGE, last - next + 1)),
                            null);
            if (!answer.good()) {
                return printing.refused(answer);
            }
            List<JsonFields> rows = Printing.rows(answer.json());
            next = following(rows, next);
            printAll(out, answer.json());
        }
        print(out, Objects.requireNonNull(parts.take("foot")));
        if (out.checkError()) {
            throw new CommandFailure(
                    (file == null ? "standard output" : "file `%s`".formatted(file))
                            + " cannot be written; the export is not whole");
        }
        shell.note("exported %d facts".formatted(last - from + 1));
        return ExitCode.OK;
    }

    /// @return what follows the last one
    /// @throws CommandFailure if one is missing: tampered with, or its part of the table was
    ///   detached
    private static long following(List<JsonFields> rows, long next) {
        long expected = next;
        for (JsonFields row : rows) {
            if (row.longValue("seq") != expected) {
                break;
            }
            expected++;
        }
        if (expected != next + rows.size() || rows.isEmpty()) {
            throw new CommandFailure(
                    "fact %d is not in the database; where its part of the table was detached, attach it again or export from behind it"
                            .formatted(expected));
        }
        return expected;
    }

    private static void printAll(PrintStream out, Json facts) {
        if (facts instanceof Json.Arr(var items)) {
            items.forEach(fact -> print(out, fact));
        }
    }

    private static void print(PrintStream out, Json line) {
        out.print(Visible.json(line.text()) + "\n");
    }
}
