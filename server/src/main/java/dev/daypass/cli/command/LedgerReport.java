package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.identity.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass ledger report`: one page on one account, for somebody who has to judge it.
@Command(description = "what an account was granted, what it really used, and how it ended")
final class LedgerReport implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page there instead")
    private @Nullable Path html;

    LedgerReport(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (html != null) {
            OutputFiles.requireWritable(html);
        }
        Answer answer = operator.send("GET", "/v1/ledger/accounts/" + id + "/report", null);
        if (html == null || !answer.good()) {
            return printing.answer(answer, report -> shell.say(ReportText.lines(report)));
        }
        Files.writeString(html, ReportText.page(answer.json()));
        shell.note("wrote `%s`".formatted(html));
        return ExitCode.OK;
    }
}
