package dev.daypass.cli;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Shell;
import dev.daypass.config.Config;
import dev.daypass.vault.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A short life of a server and its commands, run once after building so that Java notes which
/// classes they need and starts faster afterwards (JEP 514). It listens on loopback only.
public final class Training {
    private static final String SERVICE =
            """
            openapi: 3.0.3
            info: {title: Clock, version: "1"}
            paths:
              /time:
                get:
                  operationId: readTime
                  summary: Read the time of a city
                  parameters: [{name: city, in: query, schema: {type: string}}]
                  responses: {"200": {description: the time}}
            """;
    private static final String RULES =
            """
            rules:
              - name: an-hour-is-long
                on: [open]
                approve: "account.ttl > duration('1h')"
              - name: only-here
                on: [open, call]
                deny: "!request.ip.in(['127.0.0.0/8', '::1/128'])"
            """;
    private static final String TASK = "read the time of a city";

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    private Training(Path directory) {
        this.directory = directory;
        environment.put("DAYPASS_DATA", directory.resolve("data").toString());
        environment.put("DAYPASS_IDENTITY", directory.resolve("identity").toString());
    }

    /// @param args a directory to work in; then nothing for a server and its commands in this
    ///   process, or `commands` for commands alone, with the server in another; or `run` and a
    ///   command, which then runs a program against the server in this process
    public static void main(String[] args) throws IOException {
        var training = new Training(Path.of(args[0]));
        switch (args.length > 1 ? args[1] : "") {
            case "commands" -> training.commands();
            case "server" -> training.serve(training::untilTheEnd);
            case "run" ->
                    training.serve(_ -> training.program(List.of(args).subList(2, args.length)));
            default -> training.serve(training::use);
        }
        System.exit(0);
    }

    /// What is done while a server runs.
    private interface Lesson {
        void take(Server server) throws IOException;
    }

    private void serve(Lesson lesson) throws IOException {
        HttpServer upstream =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        upstream.start();
        command("init");
        try (Server server = Server.start(Config.load(null, settings()), Clock.systemUTC())) {
            at(server.config().issuer(), "http://127.0.0.1:" + server.ports().console());
            register("http://127.0.0.1:" + upstream.getAddress().getPort());
            lesson.take(server);
        } finally {
            upstream.stop(0);
        }
    }

    private void at(String agents, String console) {
        environment.put("DAYPASS_SERVER", agents);
        environment.put("DAYPASS_CONSOLE", console);
    }

    /// Says where the server is, and serves until nobody is there to be served.
    private void untilTheEnd(Server server) throws IOException {
        System.out.println(environment.get("DAYPASS_SERVER"));
        System.out.println(environment.get("DAYPASS_CONSOLE"));
        System.out.flush();
        while (System.in.read() >= 0) {
            // the other process says nothing but that it lives
        }
    }

    private void commands() throws IOException {
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Training.class.getName(),
                                directory.toString(),
                                "server")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = server.inputReader(StandardCharsets.UTF_8)) {
            String agents = said.readLine();
            String console = said.readLine();
            if (agents == null || console == null) {
                throw new IOException("the server to train with did not start");
            }
            at(agents, console);
            useOfCommands();
        } finally {
            server.getOutputStream().close();
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(environment);
        settings.put("DAYPASS_AGENTS_HOST", "127.0.0.1");
        settings.put("DAYPASS_AGENTS_PORT", "0");
        settings.put("DAYPASS_CONSOLE_PORT", "0");
        settings.put("DAYPASS_HEALTH_PORT", "0");
        settings.put("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        return settings;
    }

    private void register(String upstream) throws IOException {
        command("version");
        command(
                "service",
                "add",
                "clock",
                "--openapi",
                file("clock.yaml", SERVICE),
                "--upstream",
                upstream,
                "--credential",
                "bearer",
                "--secret-file",
                file("secret", "training"));
        command("rules", "test", file("rules.yaml", RULES));
        command("rules", "load", file("rules.yaml", RULES));
        Path token = directory.resolve("enrolment");
        try (var out = new PrintStream(token.toFile(), StandardCharsets.UTF_8)) {
            command(out, "agent", "add", "trainee");
        }
        command("agent", "enrol", "--token", Files.readString(token).strip());
    }

    private void use(Server server) throws IOException {
        Path token = directory.resolve("token");
        command("open", TASK, "--token-file", token.toString());
        AgentClient agent = new AgentClient(AgentIdentity.read(directory.resolve("identity")));
        Secret bearer = Secret.of(Files.readString(token).strip());
        agent.call("GET", "/clock/time?city=Berlin", bearer);
        agent.call("GET", "/clock/other", bearer);
        served(server);
        useOfCommands();
    }

    /// As the `daypass` script has a command run by a server.
    private void served(Server server) throws IOException {
        byte[] body =
                ("explain\0" + TASK + "\0--agent\0trainee\0").getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/command HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer %s\r\ndaypass-version: %s\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
                        .formatted(
                                new DataDirectory(server.config().data()).operatorToken().reveal(),
                                Release.VERSION,
                                body.length);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().console())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getInputStream().transferTo(System.err);
        }
    }

    /// As the `daypass` script starts `daypass run`.
    private void program(List<String> command) throws IOException {
        var whole = new ArrayList<>(command);
        whole.addAll(List.of("run", "--task", TASK, "--", "sh", "-c", ":"));
        ProcessBuilder builder = new ProcessBuilder(whole).inheritIO();
        builder.environment().putAll(environment);
        try {
            System.err.println("run: " + builder.start().waitFor());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void useOfCommands() {
        command("open", TASK);
        command("open", TASK, "--ttl", "2h");
        command("run", "--task", TASK, "--", "sh", "-c", ":");
        command("explain", TASK, "--agent", "trainee");
        command("explain", TASK, "--agent", "trainee", "-o", "json");
        command("explain", "sing", "--agent", "trainee");
        command("ls");
        command("ls", "-o", "json");
        command("agent", "ls");
        command("service", "ls");
        command("service", "show", "clock");
        command("usage");
        command("revoke", "--all");
        command("ledger", "verify");
        command("--help");
        command("unheard-of");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private void command(String... args) {
        command(new PrintStream(OutputStream.nullOutputStream()), args);
    }

    private void command(PrintStream out, String... args) {
        var shell =
                new Shell(
                        out,
                        System.err,
                        InputStream.nullInputStream(),
                        environment,
                        directory,
                        Clock.systemUTC(),
                        _ -> {});
        System.err.println(String.join(" ", args) + ": " + Commands.run(shell, args));
    }
}
