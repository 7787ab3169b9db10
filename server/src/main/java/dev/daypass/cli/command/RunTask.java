package dev.daypass.cli.command;

import dev.daypass.run.Cloud;
import dev.daypass.run.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass run`.
@Command(
        description = "run a program under an account of its own, which ends with it",
        footer =
                "Ends as the program does: 128 and the number of a signal that ended it; 127 where it is not there, 126 where it cannot be executed.")
final class RunTask implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;
    @Mixin private final TaskOptions options = new TaskOptions();

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "what the program is about to do, in words")
    private String task = "";

    @Option(
            names = "--budget",
            paramLabel = "calls=N",
            description = "the most calls that it may make")
    private final Map<String, Long> budget = new LinkedHashMap<>();

    @Option(
            names = "--map",
            paramLabel = "VARIABLE=SERVICE",
            description =
                    "puts a service's URL into this variable, too, such as OPENAI_BASE_URL=llm; may"
                            + " be repeated")
    private final Map<String, String> maps = new LinkedHashMap<>();

    @Option(
            names = "--pass",
            paramLabel = "VARIABLE",
            description =
                    "the program gets this variable, although it looks like a key; may be repeated")
    private final List<String> passed = new ArrayList<>();

    @Option(
            names = "--proxy",
            paramLabel = "refuse|pass",
            arity = "0..1",
            fallbackValue = "refuse",
            description =
                    "a proxy for programs that call services by their own names; other hosts are refused, or passed on (default: refuse)")
    private TaskRun.Proxying proxying = TaskRun.Proxying.NONE;

    @Option(
            names = "--mcp",
            paramLabel = "FILE.json",
            arity = "0..1",
            fallbackValue = "-",
            description =
                    "write the configuration of MCP clients to a file for the time of the run, or print it; the program finds it in the file that DAYPASS_MCP_CONFIG names, too")
    private @Nullable String mcp;

    @Option(
            names = "--managed-identity",
            paramLabel = "azure|aws",
            split = ",",
            description =
                    "stand-ins for programs that ask their cloud for a managed identity; may be repeated")
    private final Set<Cloud> clouds = new LinkedHashSet<>();

    @Option(names = "--explain", description = "print the tree first, and ask")
    private boolean explain;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            description =
                    "how long the account outlives this process at most, where it cannot end it (default: 4s)")
    private Duration lease = RunOptions.LEASE;

    @Option(
            names = "--detach",
            description = "the account lives until its deadline if this process is killed")
    private boolean detach;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "the program and its arguments, behind --")
    private final List<String> command = new ArrayList<>();

    RunTask(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        return new TaskProgram(shell, printing, options()).run();
    }

    /// What was read.
    RunOptions options() {
        return new RunOptions(
                new RunOptions.Account(task, options.bounds(), budget, detach ? null : lease),
                new RunOptions.Program(
                        command,
                        maps,
                        Set.copyOf(passed),
                        new TaskRun.Extras(proxying, mcp, clouds)),
                agent.way(),
                explain);
    }
}
