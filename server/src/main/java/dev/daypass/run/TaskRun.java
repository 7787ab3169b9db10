package dev.daypass.run;

import dev.daypass.authority.RunAuthority;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A program that runs under an account: it is started, and when it ends, the account does.
public final class TaskRun {
    /// Instead of the name of a file: it is printed.
    private static final String SAID = "-";

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(30);

    private final TaskAccount account;
    private final Server server;
    private final Order order;
    private final Descendants descendants = new Descendants();
    private final RunSecret secret = RunSecret.make();
    private final SubAccounts below;
    private volatile @Nullable Proxy proxy;
    private volatile @Nullable ManagedIdentity identity;

    public TaskRun(TaskAccount account, Server server, Order order) {
        this.account = account;
        this.server = server;
        this.order = order;
        this.below = new SubAccounts(account, server.api());
    }

    /// The way to the server.
    ///
    /// @param api its agent API
    /// @param connections to its edge
    /// @param keepAlive keeps the account
    public record Server(AgentApi api, Connections connections, KeepAlive keepAlive) {}

    /// What is to be run, and how.
    ///
    /// @param command the program and its arguments
    /// @param maps variables that are to hold a service's URL
    /// @param extras what more the program gets
    /// @param passed variables that the program gets although they look like keys
    /// @param environment this process's
    /// @param home the user's own directory
    /// @param note says something to the user
    public record Order(
            List<String> command,
            Map<String, String> maps,
            Extras extras,
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

    /// What becomes of calls to hosts by their own names.
    public enum Proxying {
        /// There is no proxy.
        NONE,
        /// Services go to the edge, others are refused.
        REFUSE,
        /// Services go to the edge, others are passed on as they are.
        PASS
    }

    /// What more a program gets.
    ///
    /// @param proxying whether there is a proxy, and for what
    /// @param mcp where the configuration of MCP clients is written, `-` for saying it; `null` for
    ///   nowhere
    /// @param clouds whose managed identities have stand-ins
    public record Extras(Proxying proxying, @Nullable String mcp, Set<Cloud> clouds) {
        public Extras {
            clouds = Set.copyOf(clouds);
        }

        /// To be asked before an account is opened for it.
        ///
        /// @throws IOException saying what is in the way
        public void requirePossible() throws IOException {
            if (mcp != null && !mcp.equals(SAID)) {
                McpFile.requirePossible(Path.of(mcp));
            }
        }
    }

    /// @return the program's exit status; 128 and the signal's number where one ended it
    public int run() throws InterruptedException {
        SignalRelay signals = SignalRelay.begin();
        server.keepAlive().renewTokenOf(account);
        var url = new AtomicReference<String>("");
        try (TrustFiles files = TrustFiles.make();
                Relay relay = Relay.start(wire -> serve(wire, url.get()))) {
            url.set("http://127.0.0.1:" + relay.port() + "/" + secret.reveal());
            return program(variables(url.get(), relay.port(), files), signals);
        } catch (IOException e) {
            order.note().accept("daypass: the run cannot be prepared: " + e.getMessage());
            return 1;
        }
    }

    /// Keeps other processes of this user away from this one's memory; to be called before anything
    /// is in it. What a program leaves behind stays below this process.
    public static void keepToItself() {
        Posix.keepToItself();
    }

    /// Ends this process at once, after everything else; returns where that cannot be had.
    public static void exit(int status) {
        Posix.exit(status);
    }

    private void serve(Wire wire, String url) throws IOException {
        if (descendants.has(wire.socket())) {
            new Conversation(
                            new Conversation.Edges(account, server.connections(), below, identity),
                            head -> LocalRequest.of(head, secret, url),
                            proxy,
                            wire)
                    .hold();
        } else {
            Answers.Local why =
                    Answers.problem(
                            403,
                            "not-permitted",
                            "only the program that daypass run started is served here",
                            "start it with daypass run");
            wire.send(why.head(true));
            wire.out().write(why.json().bytes());
            wire.out().flush();
        }
    }

    private int program(Map<String, String> own, SignalRelay signals) throws InterruptedException {
        ChildEnvironment environment =
                ChildEnvironment.of(
                        order.environment(),
                        order.passed(),
                        file -> Files.exists(order.home().resolve(file)),
                        own);
        if (!environment.withheld().isEmpty()) {
            order.note()
                    .accept(
                            "daypass: withheld from the program: "
                                    + String.join(", ", environment.withheld()));
        }
        ProcessBuilder builder = new ProcessBuilder(order.command()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        try {
            Process child = builder.start();
            signals.to(child.pid());
            int status = child.waitFor();
            signals.over();
            leftBehind();
            return status;
        } catch (IOException e) {
            NotStarted why = NotStarted.of(order.command().getFirst(), e);
            order.note().accept("daypass: " + why.line());
            return why.status();
        }
    }

    private void leftBehind() {
        List<String> living = descendants.living().map(pid -> Long.toString(pid)).sorted().toList();
        if (!living.isEmpty()) {
            order.note()
                    .accept(
                            "daypass: the program has ended, and so has its account; what it left behind goes on without: process "
                                    + String.join(", ", living));
        }
    }

    private Map<String, String> variables(String local, int port, TrustFiles files)
            throws IOException {
        var variables = new TreeMap<String, String>();
        if (order.extras().proxying() != Proxying.NONE || !order.extras().clouds().isEmpty()) {
            Origins origins = origins();
            variables.putAll(proxied(origins, port, files));
            variables.putAll(identified(origins, local));
        }
        variables.put("DAYPASS_URL", local);
        for (String service : account.endpoints().keySet()) {
            variables.put(ChildEnvironment.variable(service), local + "/" + service);
        }
        order.maps().forEach((name, service) -> variables.put(name, local + "/" + service));
        mcp(McpClients.configuration(account.told(), local), files, variables);
        return variables;
    }

    private void mcp(Json.Obj configuration, TrustFiles files, Map<String, String> variables)
            throws IOException {
        String where = order.extras().mcp();
        if (where == null) {
            return;
        }
        if (where.equals(SAID)) {
            order.note().accept(configuration.text());
        } else {
            files.with(McpFile.write(Path.of(where), configuration));
        }
        variables.put(
                "DAYPASS_MCP_CONFIG", files.write("mcp.json", configuration.text()).toString());
    }

    private Map<String, String> proxied(Origins origins, int port, TrustFiles files)
            throws IOException {
        Proxying proxying = order.extras().proxying();
        if (proxying == Proxying.NONE) {
            return Map.of();
        }
        var made =
                new Proxy(
                        secret,
                        origins,
                        RunAuthority.make(account.now(), AUTHORITY_LIFE),
                        proxying == Proxying.PASS);
        proxy = made;
        return files.proxy(
                made.url(port),
                made.pem(),
                proxying == Proxying.PASS ? SystemTrust.pem(order.environment()) : "");
    }

    private Map<String, String> identified(Origins origins, String local) {
        Set<Cloud> clouds = order.extras().clouds();
        if (clouds.isEmpty()) {
            return Map.of();
        }
        var made = new ManagedIdentity(clouds, origins, account::now);
        identity = made;
        Map<String, String> variables = made.variables(local);
        order.note()
                .accept(
                        "daypass: stand-ins for an identity, good in this run only: "
                                + String.join(", ", variables.keySet()));
        return variables;
    }

    private Origins origins() throws IOException {
        Reply reply = server.api().send("GET", "/v1/accounts/" + account.id() + "/origins", null);
        if (reply.json() instanceof Json.Obj(var members)
                && members.get("origins") instanceof Json.Obj(var origins)) {
            return Origins.of(origins);
        }
        throw new IOException("the server does not say where its services are");
    }
}
