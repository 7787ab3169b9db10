package dev.daypass.examples.live;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.cli.OperatorClient;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A broker and edges, each a process of its own, with the lab behind them.
final class EdgeFleet implements AutoCloseable {
    static final String SERVICE = "lab";

    /// No budget, which only a broker could count.
    private static final String CEILING =
            """
            allow:
              - service: "*"
                traits: [read, write, delete, money, personal, secret, admin, outward, identity]
            ttl_max: 4h
            """;

    private final Path directory = Installation.temporary();
    private final Map<String, String> settings;
    private final Upstream upstream;
    private final List<Member> members = new ArrayList<>();
    private ServerProcess broker;
    private Agent agent;

    /// An edge.
    ///
    /// @param name its name
    /// @param data where its identity is
    /// @param process it runs in
    record Member(String name, Path data, ServerProcess process) {
        URI at(String path) {
            return URI.create("https://localhost:" + process.agents()).resolve(path);
        }
    }

    private EdgeFleet(String lease) {
        this.settings =
                Map.of(
                        "AGENTS_PORT",
                        String.valueOf(freePort()),
                        "ROLES",
                        "broker,console",
                        "EDGES_LEASE",
                        lease);
        new DataDirectory(data()).init(Installation.DOMAIN, java.time.Instant.now());
        this.upstream = Upstream.start(Upstream::fine);
        this.broker = ServerProcess.start(data(), settings, log("broker"));
        register(SERVICE, upstream.url());
        Answer added =
                Installation.must(
                        operator()
                                .send(
                                        "POST",
                                        "/v1/agents",
                                        Json.object()
                                                .put("name", "agent")
                                                .put("ceiling", CEILING)
                                                .build()));
        Path identity = directory.resolve("agent");
        AgentClient.enrol(
                brokerUrl(), Secret.of(added.text("enrolment_token").orElseThrow()), identity);
        this.agent = new Agent(AgentIdentity.read(identity), identity);
    }

    /// @param lease of the edges, such as `2s`
    static EdgeFleet start(int edges, String lease) {
        var fleet = new EdgeFleet(lease);
        for (int i = 0; i < edges; i++) {
            fleet.join("edge" + i, "lab");
        }
        return fleet;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(String service, String url) {
        Installation.must(
                operator()
                        .send(
                                "PUT",
                                "/v1/services/" + service,
                                Json.object()
                                        .put("source", service)
                                        .put("openapi", Lab.OPENAPI)
                                        .put("upstream", url)
                                        .put(
                                                "credential",
                                                Json.object()
                                                        .put("kind", "bearer")
                                                        .put("value", Lab.KEY)
                                                        .build())
                                        .build()));
    }

    Secret added(String name, String... services) {
        return Secret.of(
                Installation.must(
                                operator()
                                        .send(
                                                "POST",
                                                "/v1/edges",
                                                Json.object()
                                                        .put("name", name)
                                                        .put(
                                                                "services",
                                                                Json.strings(List.of(services)))
                                                        .build()))
                        .text("enrolment_token")
                        .orElseThrow());
    }

    /// Registers, enrols and starts an edge, and waits until it serves.
    Member join(String name, String... services) {
        EdgeEnrolment.enrol(brokerUrl(), added(name, services), edgeData(name));
        Member member = new Member(name, edgeData(name), started(name, edgeData(name)));
        members.add(member);
        return member;
    }

    ServerProcess started(String name, Path data) {
        return started(name, data, Map.of());
    }

    ServerProcess started(String name, Path data, Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("ROLES", "edge");
        return ServerProcess.start(data, all, log(name));
    }

    /// It is none of this fleet's any more.
    void forget(Member member) {
        members.remove(member);
    }

    Path edgeData(String name) {
        return directory.resolve("edges").resolve(name);
    }

    File log(String name) {
        return directory.resolve(name + ".log").toFile();
    }

    Path data() {
        return directory.resolve("data");
    }

    URI brokerUrl() {
        return URI.create("https://localhost:" + settings.get("AGENTS_PORT"));
    }

    OperatorClient operator() {
        return new OperatorClient(
                URI.create("http://127.0.0.1:" + broker.console()),
                new DataDirectory(data()).operatorToken());
    }

    void killBroker() {
        broker.kill();
    }

    void restartBroker() {
        broker = ServerProcess.start(data(), settings, log("broker"));
    }

    ServerProcess broker() {
        return broker;
    }

    List<Member> edges() {
        return List.copyOf(members);
    }

    Upstream upstream() {
        return upstream;
    }

    Agent agent() {
        return agent;
    }

    /// A client with the agent's certificate.
    HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(agent.tls())
                .build();
    }

    static HttpRequest read(Member edge, Agent.Opened account) {
        return HttpRequest.newBuilder(edge.at("/lab/x"))
                .header("authorization", account.bearer())
                .build();
    }

    /// What operators are told when they revoke an account.
    JsonFields revoke(Agent.Opened account) {
        Json said =
                Installation.must(operator().send("DELETE", "/v1/accounts/" + account.id(), null))
                        .json();
        Json edges = JsonFields.of(said).take("edges");
        return JsonFields.of(edges == null ? Json.object().build() : edges);
    }

    /// What the health of an edge says.
    static Answered health(ServerProcess process) {
        URI ready = URI.create("http://127.0.0.1:%d/health/ready".formatted(process.health()));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(ready).build(),
                            HttpResponse.BodyHandlers.ofString());
            return new Answered(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// @param status of the answer
    /// @param body its text
    record Answered(int status, String body) {}

    @Override
    public void close() {
        upstream.close();
        members.forEach(member -> member.process().kill());
        broker.kill();
        Installation.delete(directory);
    }
}
