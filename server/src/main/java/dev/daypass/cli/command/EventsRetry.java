package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass events retry`.
@Command(description = "try the events again that nobody tries any more")
final class EventsRetry implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Option(names = "--receiver", paramLabel = "ID", description = "only those of one receiver")
    private @Nullable String receiver;

    EventsRetry(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        return printing.answer(
                operator.send(
                        "POST",
                        "/v1/events/dead/retry",
                        Json.object().put("stream", receiver).build()),
                this::print);
    }

    private void print(Json answer) {
        shell.say(
                "events that are tried again: %d"
                        .formatted(JsonFields.of(answer).longValue("retried")));
    }
}
