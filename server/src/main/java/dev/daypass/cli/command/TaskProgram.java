package dev.daypass.cli.command;

import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.Unreachable;
import dev.daypass.identity.AccountId;
import dev.daypass.run.AgentApi;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A program that is run under an account of its own.
final class TaskProgram {
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int LINE_CHARS_MAX = 100;

    private final Shell shell;
    private final Printing printing;
    private final RunOptions options;

    TaskProgram(Shell shell, Printing printing, RunOptions options) {
        this.shell = shell;
        this.printing = printing;
        this.options = options;
    }

    /// @return the program's exit status
    int run() throws InterruptedException {
        requireBudget();
        requirePossible();
        // It takes as long as the connection: both at once, and nothing to keep before it is done.
        var withdrawn = new FutureTask<@Nullable Void>(TaskRun::keepToItself, null);
        Thread.ofPlatform()
                .daemon()
                .name("daypass run: withdraw")
                .start(() -> {
                    withdrawn.run();
                    readJson();
                });
        var agent = new AsAgent(shell, options.way());
        AgentIdentity mine = agent.identity();
        URI server = agent.server(mine);
        try (var connections = new Connections(mine.tls())) {
            var api = new AgentApi(connections, server);
            if (!options.explain()) {
                api.connect();
            }
            done(withdrawn);
            TaskKey key = TaskKey.generate();
            if (options.explain() && !agreed(api)) {
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

    /// The first JSON that a process reads takes a while: better before the answer comes.
    private static void readJson() {
        JsonFields.of(Json.parse("{\"a\":\"b\",\"c\":[1]}")).string("a");
    }

    private static void done(Future<@Nullable Void> withdrawn) throws InterruptedException {
        try {
            withdrawn.get();
        } catch (ExecutionException _) {
            throw new CommandFailure(
                    "the memory of this process cannot be kept from others (prctl); nothing was opened");
        }
    }

    private void requireBudget() {
        for (String name : options.account().budget().keySet()) {
            if (!name.equals("calls")) {
                throw new CommandFailure(
                        "--budget takes calls=N, not `%s`".formatted(Visible.of(name)));
            }
        }
    }

    private void requirePossible() {
        try {
            options.program().extras().requirePossible();
        } catch (IOException e) {
            throw new CommandFailure(Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private int under(Reply opened, TaskKey key, AgentApi api, Connections connections)
            throws IOException, InterruptedException {
        var id = new AccountId(JsonFields.of(opened.json()).string("id"));
        var ending = new Ending(api, id, options.account().lease() != null, this::note);
        try (KeepAlive keepAlive =
                KeepAlive.start(api, id, options.account().lease(), this::note)) {
            Json.Obj account = opened.status() == 202 ? approved(api, opened) : object(opened);
            if (account == null) {
                return ExitCode.FAILED;
            }
            TaskAccount task = TaskAccount.of(account, key, shell.clock());
            for (String service : options.program().maps().values()) {
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

    private TaskRun.Order order() {
        RunOptions.Program program = options.program();
        return new TaskRun.Order(
                program.command(),
                program.maps(),
                program.extras(),
                program.passed(),
                shell.environment(),
                shell.home(),
                this::note);
    }

    private Json request(TaskKey key) {
        RunOptions.Account account = options.account();
        Long calls = account.budget().get("calls");
        Duration lease = account.lease();
        return account.bounds()
                .in(Json.object().put("task", account.task()))
                .put("budget", calls == null ? null : Json.object().put("calls", calls).build())
                .put("lease", lease == null ? null : Durations.text(lease))
                .put("key", Json.object().put("jwk", key.jwk()).build())
                .build();
    }

    /// Shows what the task would be granted, and asks. Nothing is open yet.
    private boolean agreed(AgentApi api) throws IOException {
        RunOptions.Account account = options.account();
        Json.Obj asked = account.bounds().in(Json.object().put("task", account.task())).build();
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
