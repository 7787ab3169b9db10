package dev.daypass.examples.live;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A whole server in a temporary directory, with one operator and as many services and agents as a
/// test registers.
final class Installation implements AutoCloseable {
    private static final List<String> OWN_FILES = List.of("ledger.checkpoint", "server.life");

    static final String DOMAIN = "test.example";

    /// Everything that agents of these tests may be granted.
    static final String ANYTHING =
            """
            allow:
              - service: "*"
                traits: [read, write, delete, money, personal, secret, admin, outward, identity]
            ttl_max: 4h
            calls_max: 100000
            """;

    private final Path directory;
    private final Server server;
    private final OperatorClient operator;
    private final Map<String, Agent> agents = new ConcurrentHashMap<>();

    private Installation(Path directory, Server server) {
        this.directory = directory;
        this.server = server;
        this.operator =
                new OperatorClient(
                        URI.create("http://127.0.0.1:" + server.ports().console()),
                        new DataDirectory(data(directory)).operatorToken());
    }

    static Installation start() {
        return start(Map.of(), Clock.systemUTC());
    }

    /// @param settings more environment variables, without the prefix `DAYPASS_`
    static Installation start(Map<String, String> settings, InstantSource clock) {
        Path directory = temporary();
        new DataDirectory(data(directory)).init(DOMAIN, clock.instant());
        return new Installation(directory, Server.start(config(data(directory), settings), clock));
    }

    /// The same with a configuration file besides.
    static Installation start(Path file, InstantSource clock) {
        Path directory = temporary();
        new DataDirectory(data(directory)).init(DOMAIN, clock.instant());
        return new Installation(directory, started(directory, file, Map.of(), clock));
    }

    /// Another server of the same deployment: with copies of its keys, on the same database.
    ///
    /// @param settings as this one's
    Installation beside(Map<String, String> settings) {
        Path other = temporary();
        copyKeys(data(), data(other));
        var all = new HashMap<>(settings);
        all.put("ISSUER", issuer().toString());
        return new Installation(other, Server.start(config(data(other), all), Clock.systemUTC()));
    }

    /// What one server's data directory needs of another's.
    static void copyKeys(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!OWN_FILES.contains(file.getFileName().toString())) {
                    Files.copy(
                            file,
                            to.resolve(file.getFileName()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same installation once its server has been started anew, on the same port.
    Installation again(Path file, InstantSource clock) {
        String port = String.valueOf(port());
        server.close();
        return new Installation(
                directory, started(directory, file, Map.of("AGENTS_PORT", port), clock));
    }

    private static Server started(
            Path directory, Path file, Map<String, String> settings, InstantSource clock) {
        return Server.start(Config.load(file, environment(data(directory), settings)), clock);
    }

    /// @param text of the configuration file
    static Installation configured(String text) {
        Path directory = temporary();
        new DataDirectory(data(directory)).init(DOMAIN, Instant.now());
        try {
            Path file = Files.writeString(directory.resolve("daypass.yaml"), text);
            Config config = Config.load(file, environment(data(directory), Map.of()));
            return new Installation(directory, Server.start(config, Clock.systemUTC()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path temporary() {
        try {
            return Files.createTempDirectory("daypass-live");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An initialised data directory without a server.
    static Path initialised() {
        Path data = data(temporary());
        new DataDirectory(data).init(DOMAIN, Instant.now());
        return data;
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Config config(Path data, Map<String, String> settings) {
        return Config.load(null, environment(data, settings));
    }

    static Map<String, String> environment(Path data, Map<String, String> settings) {
        var all =
                new HashMap<>(
                        Map.of(
                                "DAYPASS_DATA", data.toString(),
                                "DAYPASS_TRUST_DOMAIN", DOMAIN,
                                "DAYPASS_AGENTS_PORT", "0",
                                "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                "DAYPASS_CONSOLE_PORT", "0",
                                "DAYPASS_HEALTH_PORT", "0",
                                "DAYPASS_ADMIT_OPENS_PER_SECOND", "5000",
                                "DAYPASS_ADMIT_OPENS_BURST", "100000",
                                "DAYPASS_ADMIT_TENANT_OPENS_PER_SECOND", "5000",
                                "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true"));
        settings.forEach((name, value) -> all.put("DAYPASS_" + name, value));
        return all;
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    Path data() {
        return data(directory);
    }

    /// What Prometheus would read.
    String metrics() {
        URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(server.ports().health()));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(metrics).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    Server server() {
        return server;
    }

    URI issuer() {
        return URI.create(server.config().issuer());
    }

    int port() {
        return server.ports().agents();
    }

    /// What a client of its own needs to speak as the operator.
    Json asOperator() {
        return Json.object()
                .put("console", "http://127.0.0.1:" + server.ports().console())
                .put("operator", new DataDirectory(data(directory)).operatorToken().reveal())
                .build();
    }

    OperatorClient operator() {
        return operator;
    }

    Json credential(String kind, String name, String value) {
        return Json.object()
                .put("kind", kind)
                .put("name", name.isEmpty() ? null : name)
                .put("value", value)
                .build();
    }

    /// @param upstream base URL
    Answer register(String name, String openApi, String upstream, Json credential) {
        return must(
                operator.send(
                        "PUT",
                        "/v1/services/" + name,
                        Json.object()
                                .put("source", name)
                                .put("openapi", openApi)
                                .put("upstream", upstream)
                                .put("credential", credential)
                                .build()));
    }

    /// @param offer what the MCP server offers
    /// @param endpoint where it listens
    Answer registerMcp(String name, Json offer, String endpoint) {
        return must(
                operator.send(
                        "PUT",
                        "/v1/services/" + name,
                        Json.object()
                                .put("source", name)
                                .put("mcp", offer)
                                .put("upstream", endpoint)
                                .build()));
    }

    /// @param server that the configuration names
    Answer registerStdio(String name, String server) {
        return must(
                operator.send(
                        "PUT", "/v1/services/" + name, Json.object().put("stdio", server).build()));
    }

    Answer rules(String text) {
        return must(
                operator.send(
                        "PUT",
                        "/v1/rules",
                        Json.object().put("source", "rules").put("text", text).build()));
    }

    /// A fresh enrolment token.
    Secret added(String agent) {
        return added(agent, ANYTHING);
    }

    private Secret added(String agent, String ceiling) {
        return added(Json.object().put("name", agent).put("ceiling", ceiling).build());
    }

    private Secret added(Json agent) {
        Answer added = must(operator.send("POST", "/v1/agents", agent));
        return Secret.of(added.text("enrolment_token").orElseThrow());
    }

    Path identity(String agent) {
        return directory.resolve("agents").resolve(agent);
    }

    /// The agent of that name, enrolled when first asked for.
    Agent agent(String name) {
        return agent(name, ANYTHING);
    }

    Agent agent(String name, String ceiling) {
        return agents.computeIfAbsent(
                name,
                _ -> {
                    AgentClient.enrol(issuer(), added(name, ceiling), identity(name));
                    return new Agent(AgentIdentity.read(identity(name)), identity(name));
                });
    }

    /// A new agent with a default task: what a stock client that names only a service does.
    Agent agent(String name, String ceiling, Json defaultTasks) {
        Json asked =
                Json.object()
                        .put("name", name)
                        .put("ceiling", ceiling)
                        .put("default_tasks", defaultTasks)
                        .build();
        AgentClient.enrol(issuer(), added(asked), identity(name));
        return new Agent(AgentIdentity.read(identity(name)), identity(name));
    }

    /// What the API says of an account.
    Answer account(String id) {
        return operator.send("GET", "/v1/accounts/" + id, null);
    }

    String state(String id) {
        Answer account = account(id);
        return account.text("state").orElse("?")
                + account.text("reason").map(reason -> " " + reason).orElse("");
    }

    static Answer must(Answer answer) {
        if (!answer.good()) {
            throw new AssertionError(answer.status() + " " + answer.bodyText());
        }
        return answer;
    }

    @Override
    public void close() {
        server.close();
        delete(directory);
    }
}
