package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass explain`.
@Command(description = "print what a task would be granted, and why; opens nothing")
final class Explain implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(paramLabel = "TASK", description = "what an agent would say")
    private String task = "";

    @Option(names = "--agent", required = true, paramLabel = "NAME", description = "as this agent")
    @SuppressWarnings("NullAway.Init")
    private AgentId agent;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "only these services; may be repeated")
    private final List<ServiceId> services = new ArrayList<>();

    Explain(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        Answer answer =
                operator.send(
                        "POST",
                        "/v1/explain",
                        Json.object()
                                .put("agent", agent.value())
                                .put("task", task)
                                .put(
                                        "services",
                                        Json.strings(
                                                services.stream().map(ServiceId::value).toList()))
                                .build());
        Ink ink = Ink.of(shell);
        if (answer.good()) {
            return printing.answer(
                    answer, json -> shell.say(ExplainText.of(JsonFields.of(json), ink)));
        }
        if (!printing.json() && answer.json() instanceof Json.Obj problem) {
            ExplainText.refused(JsonFields.of(problem), ink).forEach(shell::note);
        }
        return printing.refused(answer);
    }
}
