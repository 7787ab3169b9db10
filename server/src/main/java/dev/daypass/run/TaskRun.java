package dev.daypass.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A program that runs under an account: it is started, and when it ends, the account does.
public final class TaskRun {
    private static final int NOT_FOUND = 127;
    private static final List<String> FORWARDED =
            List.of("INT", "TERM", "HUP", "USR2", "WINCH", "CONT");

    private final TaskAccount account;
    private final AgentApi api;
    private final Connections connections;
    private final Order order;

    public TaskRun(TaskAccount account, AgentApi api, Connections connections, Order order) {
        this.account = account;
        this.api = api;
        this.connections = connections;
        this.order = order;
    }

    /// What is to be run, and how.
    ///
    /// @param command the program and its arguments
    /// @param maps variables that are to hold a service's URL
    /// @param passed variables that the program gets although they look like keys
    /// @param environment this process's
    /// @param home the user's own directory
    /// @param note says something to the user
    public record Order(
            List<String> command,
            Map<String, String> maps,
            Set<String> passed,
            Map<String, String> environment,
            Path home,
            Consumer<String> note) {
        public Order {
            command = List.copyOf(command);
            maps = Map.copyOf(maps);
            passed = Set.copyOf(passed);
            environment = Map.copyOf(environment);
        }
    }

    /// @return the program's exit status; 128 and the signal's number where one ended it
    public int run() throws InterruptedException {
        Passage passage = Passage.make();
        try (Relay relay = listen(passage)) {
            return runWith(relay, passage);
        } catch (IOException e) {
            order.note().accept("daypass: nothing can listen on loopback: " + e.getMessage());
            return 1;
        } finally {
            end();
        }
    }

    private Relay listen(Passage passage) throws IOException {
        var here = new java.util.concurrent.atomic.AtomicReference<String>("");
        Relay relay =
                Relay.start(
                        _ -> true,
                        wire ->
                                new Conversation(account, connections, passage, here.get(), wire)
                                        .hold());
        here.set(url(relay, passage));
        return relay;
    }

    private static String url(Relay relay, Passage passage) {
        return "http://127.0.0.1:%d/%s".formatted(relay.port(), passage.reveal());
    }

    private int runWith(Relay relay, Passage passage) throws InterruptedException {
        ChildEnvironment environment =
                ChildEnvironment.of(
                        order.environment(),
                        order.passed(),
                        file -> Files.exists(order.home().resolve(file)),
                        urls(url(relay, passage)));
        if (!environment.withheld().isEmpty()) {
            order.note()
                    .accept(
                            "daypass: withheld from the program: "
                                    + String.join(", ", environment.withheld()));
        }
        ProcessBuilder builder = new ProcessBuilder(order.command()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        Process child;
        try {
            child = builder.start();
        } catch (IOException e) {
            order.note().accept("daypass: cannot start: " + e.getMessage());
            return NOT_FOUND;
        }
        FORWARDED.forEach(name -> Signals.on(name, number -> Posix.kill(child.pid(), number)));
        return child.waitFor();
    }

    private Map<String, String> urls(String local) {
        var urls = new TreeMap<String, String>();
        urls.put("DAYPASS_URL", local);
        for (String service : account.endpoints().keySet()) {
            urls.put(ChildEnvironment.variable(service), local + "/" + service);
        }
        order.maps().forEach((variable, service) -> urls.put(variable, local + "/" + service));
        return urls;
    }

    private void end() {
        try {
            Reply reply = api.send("POST", "/v1/accounts/" + account.id() + "/complete", null);
            if (!reply.good()) {
                order.note().accept("daypass: the account was not ended: " + reply.status());
            }
        } catch (IOException e) {
            order.note().accept("daypass: the account was not ended: " + e.getMessage());
        }
    }
}
