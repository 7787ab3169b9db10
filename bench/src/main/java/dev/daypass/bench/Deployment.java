package dev.daypass.bench;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server in a child process with a fresh data directory, enrolled agents and the flight shop's
/// operations in front of the upstream.
final class Deployment implements AutoCloseable {
    static final int AGENTS = 8;
    static final String SERVICE = "flights";

    private static final String RESOURCES = "/dev/daypass/examples/";
    private static final String CEILING =
            """
            allow:
              - service: flights
                traits: [read, write, money, personal, outward]
            ttl_max: 4h
            """;

    private final Path data;
    private final Child server;
    private final int plainPort;
    private final List<SslContext> identities = new ArrayList<>();
    private final List<SslContext> resuming = new ArrayList<>();
    private final List<AgentClient> agents = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();

    private Deployment(Path data, Child server, int plainPort) {
        this.data = data;
        this.server = server;
        this.plainPort = plainPort;
    }

    /// What a deployment needs.
    ///
    /// @param directory its own, empty
    /// @param before arguments before the server's command
    /// @param jvm further options for the server's JVM
    record Needs(Path directory, List<String> before, List<String> jvm) {}

    static void init(Path data) {
        new DataDirectory(data).init("bench", Instant.now());
    }

    /// Starts a server on a data directory that [#init] made.
    static Child serve(Needs needs) {
        return serve(needs, Map.of());
    }

    /// @param more settings besides the usual ones
    static Child serve(Needs needs, Map<String, String> more) {
        return serve(needs, 0, more);
    }

    private static Child serve(Needs needs, int plainPort, Map<String, String> more) {
        var environment = new HashMap<>(environment(needs.directory()));
        environment.put("DAYPASS_EDGE_PLAIN_PORT", Integer.toString(plainPort));
        environment.putAll(more);
        return Child.start(
                new Child.Command(
                        needs.before(),
                        needs.jvm(),
                        environment,
                        List.of(BenchServer.class.getName())));
    }

    static Deployment start(Needs needs, int upstreamPort) {
        Path data = needs.directory().resolve("data");
        init(data);
        int plainPort = Peer.freePort();
        Child server = serve(new Needs(data, needs.before(), needs.jvm()), plainPort, Map.of());
        var deployment = new Deployment(data, server, plainPort);
        try {
            deployment.register(upstreamPort);
            for (int i = 0; i < AGENTS; i++) {
                deployment.enrol("agent" + i, needs.directory().resolve("agent" + i));
            }
            return deployment;
        } catch (RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private static Map<String, String> environment(Path data) {
        return Map.ofEntries(
                Map.entry("DAYPASS_DATA", data.toString()),
                Map.entry("DAYPASS_AGENTS_HOST", "127.0.0.1"),
                Map.entry("DAYPASS_AGENTS_PORT", "0"),
                Map.entry("DAYPASS_CONSOLE_PORT", "0"),
                Map.entry("DAYPASS_HEALTH_PORT", "0"),
                Map.entry("DAYPASS_TRUST_DOMAIN", "bench"),
                Map.entry("DAYPASS_ADMIT_OPENS_PER_SECOND", "100000"),
                Map.entry("DAYPASS_ADMIT_OPENS_BURST", "1000000"),
                Map.entry("DAYPASS_ADMIT_TENANT_OPENS_PER_SECOND", "1000000"),
                Map.entry("DAYPASS_ADMIT_LIVING_MAX", "1000000"),
                Map.entry("DAYPASS_ADMIT_CONNECTIONS_MAX", "20000"),
                Map.entry("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true"),
                Map.entry("DAYPASS_EDGE_EVENT_LOOPS", "1"));
    }

    private void register(int upstreamPort) {
        require(
                operator()
                        .send(
                                "PUT",
                                "/v1/services/" + SERVICE,
                                Json.object()
                                        .put("upstream", "http://127.0.0.1:" + upstreamPort)
                                        .put("source", "flight-shop.yaml")
                                        .put("openapi", resource("flight-shop.yaml"))
                                        .put(
                                                "credential",
                                                Json.object()
                                                        .put("kind", "header")
                                                        .put("name", "x-api-key")
                                                        .put("value", "key-of-the-benchmark")
                                                        .build())
                                        .build()));
    }

    private void enrol(String name, Path directory) {
        Answer added =
                require(
                        operator()
                                .send(
                                        "POST",
                                        "/v1/agents",
                                        Json.object()
                                                .put("name", name)
                                                .put("ceiling", CEILING)
                                                .build()));
        URI uri = URI.create("https://localhost:" + server.port("agents"));
        AgentClient.enrol(uri, Secret.of(added.text("enrolment_token").orElseThrow()), directory);
        AgentIdentity identity = AgentIdentity.read(directory);
        agents.add(new AgentClient(identity));
        directories.add(directory);
        identities.add(tls(directory, identity, false));
        resuming.add(tls(directory, identity, true));
    }

    /// @param resumes whether connections take up sessions of earlier ones
    private static SslContext tls(Path directory, AgentIdentity identity, boolean resumes) {
        try {
            SslContext context =
                    SslContextBuilder.forClient()
                            .sslProvider(
                                    OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .keyManager(
                                    EnrolmentKey.read(directory.resolve("key.pem")).key(),
                                    identity.chain())
                            .trustManager(identity.chain().getLast())
                            .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(resumes);
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Child server() {
        return server;
    }

    OperatorClient operator() {
        return new OperatorClient(console(), token());
    }

    /// Where the operator API is.
    URI console() {
        return URI.create("http://127.0.0.1:" + server.port("console"));
    }

    /// The operator's token.
    Secret token() {
        return new DataDirectory(data).operatorToken();
    }

    static Answer require(Answer answer) {
        if (!answer.good()) {
            throw new IllegalStateException(
                    "answered %d: %s".formatted(answer.status(), answer.bodyText()));
        }
        return answer;
    }

    private static String resource(String name) {
        try (InputStream in = Deployment.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not among the examples");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Connections to it take the agents in turn.
    Load.Target target() {
        return new Load.Target(server.port("agents"), identities, server.process());
    }

    List<SslContext> resuming() {
        return resuming;
    }

    /// Where the edge listens without TLS.
    int plainPort() {
        return plainPort;
    }

    /// Opens one account with each agent; connection `i` belongs to agent `i` modulo their number.
    List<Opened> accounts(String task) {
        return accounts(Json.object().put("task", task));
    }

    /// The same for any request, for as long as a measurement may take.
    List<Opened> accounts(JsonObjectBuilder request) {
        Json.Obj whole = request.put("ttl", "1h").build();
        return agents.stream()
                .map(agent -> require(agent.open(whole)))
                .map(answer ->
                        new Opened(
                                answer.text("id").orElseThrow(),
                                answer.text("access_token").orElseThrow()))
                .toList();
    }

    /// Opens an account with one agent.
    Opened account(int agent, String task) {
        Answer answer = require(agents.get(agent).open(Json.object().put("task", task).build()));
        return new Opened(
                answer.text("id").orElseThrow(), answer.text("access_token").orElseThrow());
    }

    /// Where an agent's key and certificate are.
    Path agentDirectory(int agent) {
        return directories.get(agent);
    }

    /// @param id of the account
    /// @param token its token
    record Opened(String id, String token) {
        @Override
        public String toString() {
            return "Opened[" + id + "]";
        }
    }

    Path data() {
        return data;
    }

    List<SslContext> identities() {
        return identities;
    }

    /// Collects garbage in the server and asks what is left.
    Json.Obj memory() {
        return server.ask("memory");
    }

    @Override
    public void close() {
        server.close();
    }
}
