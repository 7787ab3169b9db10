package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.identity.AgentId;
import dev.daypass.permission.Ceiling;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass agent add`. The token alone goes to standard output, so that it can be piped on.
@Command(description = "register an agent, and print its one-time enrolment token")
final class AgentAdd implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "NAME", description = "name of the agent")
    @SuppressWarnings("NullAway.Init")
    private AgentId name;

    @Option(
            names = "--ceiling",
            paramLabel = "FILE",
            description = "the most it may ever be granted (default: what only reads)")
    private @Nullable Path ceiling;

    @Option(
            names = "--default-task",
            paramLabel = "SERVICE=TEXT",
            description = "its task on a service when it asks without saying one")
    private final Map<String, String> defaultTasks = new LinkedHashMap<>();

    AgentAdd(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        var tasks = Json.object();
        defaultTasks.forEach(tasks::put);
        Answer answer =
                operator.send(
                        "POST",
                        "/v1/agents",
                        Json.object()
                                .put("name", name.value())
                                .put("ceiling", ceiling == null ? null : checked(ceiling))
                                .put("default_tasks", defaultTasks.isEmpty() ? null : tasks.build())
                                .build());
        return printing.answer(answer, this::print);
    }

    /// Read here first, so that an error names the file.
    private static String checked(Path file) {
        String text = InputFiles.text(file);
        Ceiling _ = Ceiling.parse(file.toString(), text);
        return text;
    }

    private void print(Json added) {
        JsonFields fields = JsonFields.of(added);
        shell.note(
                "agent `%s` is registered; where it runs, within %s, give this token to: daypass agent enrol --token -"
                        .formatted(
                                name,
                                Times.rough(Duration.ofSeconds(fields.longValue("expires_in")))));
        shell.say(Visible.of(fields.string("enrolment_token")));
    }
}
