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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass ledger export`: one fact a line, as JSON.
@Command(description = "print the facts of the ledger, one JSON object a line")
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
        long next = from;
        while (next <= to) {
            Answer answer =
                    operator.send(
                            "GET",
                            "/v1/ledger/facts?from=%d&limit=%d"
                                    .formatted(next, Math.min(PAGE, to - next + 1)),
                            null);
            if (!answer.good()) {
                return printing.refused(answer);
            }
            List<JsonFields> rows = Printing.rows(answer.json());
            if (rows.isEmpty()) {
                break;
            }
            print(out, answer.json());
            if (out.checkError()) {
                throw new CommandFailure(
                        (file == null ? "standard output" : "file `%s`".formatted(file))
                                + " cannot be written; the export is not whole");
            }
            next = rows.getLast().longValue("seq") + 1;
        }
        shell.note("exported %d facts".formatted(next - from));
        return ExitCode.OK;
    }

    private static void print(PrintStream out, Json facts) {
        if (facts instanceof Json.Arr(var items)) {
            items.forEach(fact -> out.print(Visible.json(fact.text()) + "\n"));
        }
    }
}
