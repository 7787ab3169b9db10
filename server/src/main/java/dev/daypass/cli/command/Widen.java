package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass widen`.
@Command(
        description = "ask for more than an account was opened for; its new token is the last line",
        footer = "Ends with status 3 where a human has to approve first.")
final class Widen implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;

    @Parameters(index = "0", paramLabel = "ID", description = "the account")
    @SuppressWarnings("NullAway.Init")
    private AccountId id;

    @Parameters(
            index = "1",
            paramLabel = "REASON",
            description = "why, and what for, in words that count like the task's")
    private String reason = "";

    @ArgGroup(exclusive = false)
    private @Nullable Source source;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "write the token there, for its owner alone, instead of printing it")
    private @Nullable Path tokenFile;

    /// Where the wish comes from.
    static final class Source {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "SOURCE",
                description = "whose words the quote is, as named with --trust when it was opened")
        private String from = "";

        @Option(
                names = "--quote",
                required = true,
                paramLabel = "TEXT",
                description = "their words")
        private String quote = "";

        Json toJson() {
            return Json.object().put("from", from).put("quote", quote).build();
        }
    }

    Widen(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() {
        if (tokenFile != null) {
            OutputFiles.requireWritable(tokenFile);
        }
        Answer answer =
                agent.client()
                        .send(
                                "POST",
                                "/v1/accounts/" + id + "/widen",
                                Json.object()
                                        .put("reason", reason)
                                        .put("source", source == null ? null : source.toJson())
                                        .build());
        if (!answer.good()) {
            return Refused.print(shell, printing, answer);
        }
        var opened = new Opened(shell, printing, tokenFile);
        if (!printing.json()) {
            JsonFields widening = JsonFields.of(answer.json()).objectOrNull("widening");
            if (widening != null) {
                shell.say(WideningText.of(widening));
                shell.say("");
            }
        }
        return answer.status() == 202
                ? opened.waiting(answer.json())
                : opened.active(answer.json());
    }
}
