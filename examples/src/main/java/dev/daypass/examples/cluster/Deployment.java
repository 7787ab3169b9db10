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
public final class Deployment implements AutoCloseable {
    static final String DOMAIN = "cluster.example";

    private static final String CEILING =
            """
            allow:
              - service: flights
                traits: [read, write, money, personal, outward]
            ttl_max: 1h
            calls_max: 1000000
            """;
    private static final String OWN_DATABASE = "own database";
    private static final String OWN_NATS = "own nats";
    private static final String SHOP_KEY = "fl-cluster";
    private static final List<String> OWN_FILES = List.of("ledger.checkpoint", "server.life");

    private final Path directory;
    private final PrintStream out;
    private final FlightShop shop = FlightShop.start(0, SHOP_KEY);
    private final List<Part> parts = Collections.synchronizedList(new ArrayList<>());
    private final List<Link> links = Collections.synchronizedList(new ArrayList<>());
    private final List<URI> brokers = new ArrayList<>();
    private final List<URI> edges = new ArrayList<>();
    private final List<OperatorClient> operators = new ArrayList<>();
    private Path first = Path.of("");
    private volatile boolean kept;

    /// @param brokers how many
    /// @param servers how many more that are broker and edge at once
    /// @param edges how many edges alone
    /// @param database URL of a PostgreSQL; empty for one of our own
    /// @param nats URL of a NATS; empty for one of our own, [#NO_NATS] for none
    /// @param lease of edges, as in the configuration
    public record Shape(
            int brokers, int servers, int edges, String database, String nats, String lease) {
        /// Of a deployment whose servers tell each other through the database.
        public static final String NO_NATS = "none";
    }

    private Deployment(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    /// Starts all of it, and returns once it serves.
    ///
    /// @param out told what runs where
    public static Deployment start(Shape shape, PrintStream out) {
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
            broker("broker-" + i, "broker,console", settings);
        }
        for (int i = 1; i <= shape.servers(); i++) {
            broker("server-" + i, "broker,console,edge", settings);
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
        settings.put("AGENTS_HOST", "127.0.0.1");
        settings.put("EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        settings.put("EDGES_LEASE", shape.lease());
        settings.put("ADMIT_OPENS_PER_SECOND", "1000");
        settings.put("ADMIT_OPENS_BURST", "10000");
        String database = shape.database();
        if (database.isEmpty()) {
            var own = new Ground.Postgres(directory.resolve("postgresql"));
            started(own);
            settings.put("DATABASE_USER", "postgres");
            settings.put(OWN_DATABASE, String.valueOf(own.port()));
        } else {
            settings.put("DATABASE_URL", database);
        }
        String nats = shape.nats();
        if (nats.equals(Shape.NO_NATS)) {
            return settings;
        }
        if (nats.isEmpty()) {
            var own = new Ground.Nats(log("nats"));
            started(own);
            settings.put(OWN_NATS, String.valueOf(own.port()));
        } else {
            settings.put("FEED_NATS_URL", nats);
        }
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

    /// A link of its own, unless the way leads out of this deployment.
    private Link linked(String from, String to, int target) {
        var link = new Link(from, to, target);
        links.add(link);
        return link;
    }

    private void broker(String name, String roles, Map<String, String> settings) {
        Path data = directory.resolve(name);
        if (brokers.isEmpty()) {
            new DataDirectory(data).init(DOMAIN, Instant.now());
            first = data;
        } else {
            copyKeys(first, data);
        }
        URI url = URI.create("https://localhost:" + Ground.freePort());
        URI console = URI.create("http://127.0.0.1:" + Ground.freePort());
        brokers.add(url);
        var own = new HashMap<>(settings);
        own.put("ROLES", roles);
        String database = own.remove(OWN_DATABASE);
        if (database != null) {
            int port = linked(name, "postgresql", Integer.parseInt(database)).port();
            own.put("DATABASE_URL", "jdbc:postgresql://localhost:%d/postgres".formatted(port));
        }
        String nats = own.remove(OWN_NATS);
        if (nats != null) {
            int port = linked(name, "nats", Integer.parseInt(nats)).port();
            own.put("FEED_NATS_URL", "nats://127.0.0.1:" + port);
        }
        own.put("DATA", data.toString());
        own.put("ISSUER", brokers.getFirst().toString());
        own.put("AGENTS_PORT", String.valueOf(url.getPort()));
        own.put("CONSOLE_PORT", String.valueOf(console.getPort()));
        own.put("HEALTH_PORT", "0");
        started(new Part.OfDaypass(name, own, log(name), url + "  console " + console));
        operators.add(new OperatorClient(console, new DataDirectory(data).operatorToken()));
        if (roles.contains("edge")) {
            edges.add(url);
        }
    }

    /// Every broker has the same keys; what it signed last is its own.
    private static void copyKeys(Path from, Path to) {
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
        var order =
                new ArrayList<>(
                        brokers.stream()
                                .map(broker ->
                                        "https://localhost:"
                                                + linked(
                                                                name,
                                                                partAt(broker).name(),
                                                                broker.getPort())
                                                        .port())
                                .toList());
        Collections.rotate(order, -edges.size());
        URI url = URI.create("https://localhost:" + Ground.freePort());
        var own = new HashMap<String, String>();
        own.put("ROLES", "edge");
        own.put("DATA", data.toString());
        own.put("AGENTS_HOST", "127.0.0.1");
        own.put("AGENTS_PORT", String.valueOf(url.getPort()));
        own.put("HEALTH_PORT", "0");
        own.put("EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        own.put("EDGE_BROKERS", String.join(",", order));
        edges.add(url);
        started(new Part.OfDaypass(name, own, log(name), url.toString()));
    }

    /// The agent as it speaks to one of the brokers or edges. Not to be shared between threads.
    public AgentClient agentAt(URI where) {
        return new AgentClient(AgentIdentity.read(directory.resolve("buybot")), where);
    }

    /// The operator as it speaks to one of the brokers.
    public OperatorClient operator(int broker) {
        return operators.get(broker);
    }

    /// Where brokers are, the servers among them.
    public List<URI> brokers() {
        return List.copyOf(brokers);
    }

    /// Where edges are, those of servers first.
    public List<URI> edges() {
        return List.copyOf(edges);
    }

    /// The process whose agents' port this is.
    private Part partAt(URI where) {
        return parts.stream()
                .filter(part -> part.where().startsWith(where + " "))
                .findFirst()
                .orElseThrow();
    }

    /// What runs there.
    public String name(URI where) {
        return partAt(where).name();
    }

    /// Ways between the processes, each of which can fail.
    List<Link> links() {
        return List.copyOf(links);
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
        links.forEach(Link::close);
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
