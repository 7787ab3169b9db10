package dev.daypass.examples.cluster;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.EdgeEnrolment;
import dev.daypass.cli.OperatorClient;
import dev.daypass.examples.FlightShop;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Brokers and edges as processes of their own on this machine, over one PostgreSQL and one NATS,
/// with the flight shop behind them and one agent before them.
final class Deployment implements AutoCloseable {
    static final String DOMAIN = "cluster.example";

    private static final String CEILING =
            """
            allow:
              - service: flights
                traits: [read, write, money, personal, outward]
            ttl_max: 1h
            calls_max: 1000000
            """;
    private static final String SHOP_KEY = "fl-cluster";

    private final Path directory;
    private final PrintStream out;
    private final FlightShop shop = FlightShop.start(0, SHOP_KEY);
    private final List<Part> parts = Collections.synchronizedList(new ArrayList<>());
    private final List<URI> brokers = new ArrayList<>();
    private final List<URI> edges = new ArrayList<>();
    private final List<OperatorClient> operators = new ArrayList<>();
    private volatile boolean kept;

    /// @param brokers how many
    /// @param edges how many
    /// @param database URL of a PostgreSQL; empty for one of our own
    /// @param nats URL of a NATS; empty for one of our own
    record Shape(int brokers, int edges, String database, String nats) {}

    private Deployment(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    static Deployment start(Shape shape, PrintStream out) {
        try {
            var deployment = new Deployment(Files.createTempDirectory("daypass-cluster"), out);
            Runtime.getRuntime().addShutdownHook(new Thread(deployment::close));
            deployment.keep(); // until it stands
            deployment.build(shape);
            deployment.kept = false;
            return deployment;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void build(Shape shape) {
        Map<String, String> settings = ground(shape);
        for (int i = 1; i <= shape.brokers(); i++) {
            broker(i, settings);
        }
        furnish();
        for (int i = 1; i <= shape.edges(); i++) {
            edge("edge-" + i);
        }
        out.printf("  %-12s %s%n%n", "logs", directory);
    }

    private Map<String, String> ground(Shape shape) {
        var settings = new HashMap<String, String>();
        settings.put("TRUST_DOMAIN", DOMAIN);
        settings.put("ROLES", "broker,console");
        settings.put("AGENTS_HOST", "127.0.0.1");
        settings.put("EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        settings.put("ADMIT_OPENS_PER_SECOND", "1000");
        settings.put("ADMIT_OPENS_BURST", "10000");
        String database = shape.database();
        if (database.isEmpty()) {
            var own = new Ground.Postgres(directory.resolve("postgresql"));
            started(own);
            database = own.url();
            settings.put("DATABASE_USER", "postgres");
        }
        settings.put("DATABASE_URL", database);
        String nats = shape.nats();
        if (nats.isEmpty()) {
            var own = new Ground.Nats(log("nats"));
            started(own);
            nats = own.url();
        }
        settings.put("FEED_NATS_URL", nats);
        return settings;
    }

    private void started(Part part) {
        parts.add(part);
        part.start();
        out.printf("  %-12s %s%n", part.name(), part.where());
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private void broker(int number, Map<String, String> settings) {
        String name = "broker-" + number;
        Path data = directory.resolve(name);
        if (number == 1) {
            new DataDirectory(data).init(DOMAIN, Instant.now());
        } else {
            copyKeys(directory.resolve("broker-1"), data);
        }
        URI url = URI.create("https://localhost:" + Ground.freePort());
        URI console = URI.create("http://127.0.0.1:" + Ground.freePort());
        brokers.add(url);
        var own = new HashMap<>(settings);
        own.put("DATA", data.toString());
        own.put("ISSUER", brokers.getFirst().toString());
        own.put("AGENTS_PORT", String.valueOf(url.getPort()));
        own.put("CONSOLE_PORT", String.valueOf(console.getPort()));
        own.put("HEALTH_PORT", "0");
        started(new Part.OfDaypass(name, own, log(name), url + "  console " + console));
        operators.add(new OperatorClient(console, new DataDirectory(data).operatorToken()));
    }

    /// Every broker has the same keys; what it signed last is its own.
    private static void copyKeys(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("ledger.checkpoint")) {
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

    private void furnish() {
        must(
                operator(0)
                        .send(
                                "PUT",
                                "/v1/services/flights",
                                Json.object()
                                        .put("source", "flights")
                                        .put("openapi", shop.openApi())
                                        .put("upstream", "http://127.0.0.1:" + shop.port())
                                        .put(
                                                "credential",
                                                Json.object()
                                                        .put("kind", "header")
                                                        .put("name", "X-Api-Key")
                                                        .put("value", SHOP_KEY)
                                                        .build())
                                        .build()));
        Answer added =
                must(
                        operator(0)
                                .send(
                                        "POST",
                                        "/v1/agents",
                                        Json.object()
                                                .put("name", "buybot")
                                                .put("ceiling", CEILING)
                                                .build()));
        // Added at one broker, enrolled at the last: each knows what the other does.
        AgentClient.enrol(brokers.getLast(), token(added), directory.resolve("buybot"));
    }

    private static Secret token(Answer added) {
        return Secret.of(added.text("enrolment_token").orElse("none"));
    }

    static Answer must(Answer answer) {
        if (!answer.good()) {
            throw new IllegalStateException(answer.status() + " " + answer.bodyText());
        }
        return answer;
    }

    private void edge(String name) {
        Answer added =
                must(
                        operator(edges.size() % operators.size())
                                .send(
                                        "POST",
                                        "/v1/edges",
                                        Json.object().put("name", name).build()));
        Path data = directory.resolve(name);
        EdgeEnrolment.enrol(brokers.get(edges.size() % brokers.size()), token(added), data);
        URI url = URI.create("https://localhost:" + Ground.freePort());
        var own = new HashMap<String, String>();
        own.put("ROLES", "edge");
        own.put("DATA", data.toString());
        own.put("AGENTS_HOST", "127.0.0.1");
        own.put("AGENTS_PORT", String.valueOf(url.getPort()));
        own.put("HEALTH_PORT", "0");
        own.put("EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        var order = new ArrayList<>(brokers);
        Collections.rotate(order, -edges.size());
        own.put("EDGE_BROKERS", String.join(",", order.stream().map(URI::toString).toList()));
        edges.add(url);
        started(new Part.OfDaypass(name, own, log(name), url.toString()));
    }

    /// The agent as it speaks to one of the brokers or edges. Not to be shared between threads.
    AgentClient agentAt(URI where) {
        return new AgentClient(AgentIdentity.read(directory.resolve("buybot")), where);
    }

    OperatorClient operator(int broker) {
        return operators.get(broker);
    }

    List<URI> brokers() {
        return List.copyOf(brokers);
    }

    List<URI> edges() {
        return List.copyOf(edges);
    }

    /// Everything that was started here, first what the others stand on.
    List<Part> parts() {
        return List.copyOf(parts);
    }

    @Override
    public void close() {
        for (Part part : parts.reversed()) {
            part.close();
        }
        shop.close();
        if (!kept && Files.exists(directory)) {
            delete();
        }
    }

    /// Leaves logs and data for whoever wants to know why something did not hold.
    void keep() {
        kept = true;
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            out.printf("%s is left behind: %s%n", directory, e.getMessage());
        }
    }
}
