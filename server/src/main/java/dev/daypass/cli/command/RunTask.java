package dev.daypass.cli.command;

import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.Unreachable;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.run.AgentApi;
import dev.daypass.run.Cloud;
import dev.daypass.run.Connections;
import dev.daypass.run.Ending;
import dev.daypass.run.KeepAlive;
import dev.daypass.run.Reply;
import dev.daypass.run.TaskAccount;
import dev.daypass.run.TaskKey;
import dev.daypass.run.TaskRun;
import dev.daypass.run.Unanswered;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int LINE_CHARS_MAX = 100;

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "what the program is about to do, in words")
    private String task = "";

    @Option(names = "--ttl", paramLabel = "TIME", description = "how long at most, such as 10m")
    private @Nullable Duration ttl;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "only these services; may be repeated")
    private final List<ServiceId> services = new ArrayList<>();

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
    private Duration lease = Duration.ofSeconds(4);

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
        TaskRun.keepToItself();
        possible();
        AgentIdentity mine = agent.identity();
        URI server = agent.server(mine);
        TaskKey key = TaskKey.generate();
        try (var connections = new Connections(mine.tls())) {
            var api = new AgentApi(connections, server);
            if (explain && !agreed(api)) {
                return ExitCode.FAILED;
            }
            Reply opened = api.send("POST", "/v1/accounts", request(key));
            return opened.good()
                    ? under(opened, key, api, connections)
                    : Refused.print(shell, printing, answer(opened));
        } catch (IOException e) {
            Optional<String> clock = Unanswered.clock(e);
            if (clock.isPresent()) {
                throw new CommandFailure(clock.get());
            }
            throw new Unreachable("cannot reach %s: %s".formatted(server, Unanswered.why(e)));
        }
    }

    private void possible() {
        try {
            extras().requirePossible();
        } catch (IOException e) {
            throw new CommandFailure(Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private int under(Reply opened, TaskKey key, AgentApi api, Connections connections)
            throws IOException, InterruptedException {
        var id = new AccountId(JsonFields.of(opened.json()).string("id"));
        var ending = new Ending(api, id, !detach, this::note);
        try (KeepAlive keepAlive = KeepAlive.of(api, id, detach ? null : lease, this::note)) {
            Json.Obj account = opened.status() == 202 ? approved(api, opened) : object(opened);
            if (account == null) {
                return ExitCode.FAILED;
            }
            TaskAccount task = TaskAccount.of(account, key, shell.clock());
            for (String service : maps.values()) {
                if (!task.services().contains(service)) {
                    throw new CommandFailure(
                            Visible.of(
                                    "--map names `%s`, of which the account holds nothing; its services: %s"
                                            .formatted(
                                                    service, String.join(", ", task.services()))));
                }
            }
            return new TaskRun(task, new TaskRun.Server(api, connections, keepAlive), order())
                    .run();
        } finally {
            ending.now();
        }
    }

    private void note(String line) {
        shell.note(Visible.of(line));
    }

    private TaskRun.Extras extras() {
        return new TaskRun.Extras(proxying, mcp, clouds);
    }

    private TaskRun.Order order() {
        return new TaskRun.Order(
                command,
                maps,
                extras(),
                Set.copyOf(passed),
                shell.environment(),
                shell.home(),
                this::note);
    }

    private Json request(TaskKey key) {
        for (String name : budget.keySet()) {
            if (!name.equals("calls")) {
                throw new CommandFailure(
                        "--budget takes calls=N, not `%s`".formatted(Visible.of(name)));
            }
        }
        Long calls = budget.get("calls");
        return Json.object()
                .put("task", task)
                .put("ttl", ttl == null ? null : Durations.text(ttl))
                .put(
                        "services",
                        services.isEmpty()
                                ? null
                                : Json.strings(services.stream().map(ServiceId::value).toList()))
                .put("budget", calls == null ? null : Json.object().put("calls", calls).build())
                .put("lease", detach ? null : Durations.text(lease))
                .put("key", Json.object().put("jwk", key.jwk()).build())
                .build();
    }

    /// Shows what the task would be granted, and asks. Nothing is open yet.
    private boolean agreed(AgentApi api) throws IOException {
        Json.Obj asked =
                Json.object()
                        .put("task", task)
                        .put("ttl", ttl == null ? null : Durations.text(ttl))
                        .put(
                                "services",
                                Json.strings(services.stream().map(ServiceId::value).toList()))
                        .build();
        Reply reply = api.send("POST", "/v1/explain", asked);
        if (!reply.good()) {
            Refused.print(shell, printing, answer(reply));
            return false;
        }
        ExplainText.of(JsonFields.of(reply.json()), Ink.of(shell)).forEach(shell::note);
        shell.note("");
        shell.note("run it? [y/N]");
        String said = line(shell.in()).strip().toLowerCase(Locale.ROOT);
        boolean yes = said.equals("y") || said.equals("yes");
        if (!yes) {
            shell.note("daypass: not run; nothing was opened");
        }
        return yes;
    }

    /// One line and nothing of what is behind it: that is the program's.
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() < LINE_CHARS_MAX) {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /// Waits for the human.
    ///
    /// @return `null` where there will be no account
    private Json.@Nullable Obj approved(AgentApi api, Reply waiting)
            throws IOException, InterruptedException {
        var opened = new Opened(shell, printing, null);
        opened.tellNeeds(waiting.json());
        String path = "/v1/accounts/" + new AccountId(JsonFields.of(waiting.json()).string("id"));
        while (true) {
            Reply now;
            try {
                now = api.send("GET", path, null);
            } catch (IOException _) {
                shell.pause().of(POLL); // who keeps the account alive says so
                continue;
            }
            if (!now.good()) {
                printing.refused(answer(now));
                return null;
            }
            switch (answer(now).text("state").orElse("")) {
                case "awaiting_approval" -> shell.pause().of(POLL);
                case "active" -> {
                    Reply token = api.send("POST", path + "/token", null);
                    if (token.good()) {
                        var members = new LinkedHashMap<>(object(now).members());
                        members.putAll(object(token).members());
                        return Json.obj(members);
                    }
                    printing.refused(answer(token));
                    return null;
                }
                default -> {
                    opened.ended(now.json());
                    return null;
                }
            }
        }
    }

    private static Json.Obj object(Reply reply) {
        return reply.json() instanceof Json.Obj members ? members : Json.object().build();
    }

    private static Answer answer(Reply reply) {
        return Answer.of(reply.status(), reply.body());
    }
}
