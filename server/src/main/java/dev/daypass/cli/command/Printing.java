package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// How a command prints; an option of every command.
final class Printing {
    /// As what.
    enum Format {
        TEXT,
        JSON
    }

    private final Shell shell;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, or json: the server's answer as it is (default: text)")
    private Format format = Format.TEXT;

    @Option(names = "--debug", description = "print the stack trace of an error")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    Printing(Shell shell) {
        this.shell = shell;
    }

    boolean json() {
        return format == Format.JSON;
    }

    boolean debug() {
        return debug;
    }

    boolean help() {
        return help;
    }

    /// Prints an answer: as text with `text`, or as it is; a refusal as the refusal it is.
    int answer(Answer answer, Consumer<Json> text) {
        if (!answer.good()) {
            return refused(answer);
        }
        if (json()) {
            json(answer.json());
        } else {
            text.accept(answer.json());
        }
        return ExitCode.OK;
    }

    /// Says why the server refused. As JSON, the problem document goes to standard output as well.
    int refused(Answer answer) {
        if (json()) {
            json(answer.json());
        }
        shell.note("daypass: " + ProblemText.line(answer));
        return ExitCode.FAILED;
    }

    void json(Json json) {
        shell.say(Visible.json(json.text()));
    }

    /// The objects of a JSON array; nothing else is expected of a list.
    static List<JsonFields> rows(Json json) {
        if (json instanceof Json.Arr(var items)) {
            return items.stream().map(JsonFields::of).toList();
        }
        throw new CommandFailure(
                "the server's answer is not a list; is something else listening there?");
    }
}
