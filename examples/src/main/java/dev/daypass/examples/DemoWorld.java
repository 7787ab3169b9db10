package dev.daypass.examples;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole installation in a temporary directory: a server, three services behind it, six agents.
final class DemoWorld implements AutoCloseable {
    private final Path directory;
    private final Server server;
    private final FlightShop shop;
    private final PaperLibrary library;
    private final NoteBox notes;
    private final OperatorClient operator;
    private final List<String> apiKeys;
    private final Map<String, AgentClient> agents = new HashMap<>();

    private DemoWorld(Path directory, List<String> apiKeys) {
        this.directory = directory;
        this.apiKeys = apiKeys;
        var data = new DataDirectory(directory.resolve("data"));
        data.init("demo.example", Instant.now());
        this.server =
                Server.start(
                        Config.load(
                                null,
                                Map.of(
                                        "DAYPASS_DATA", directory.resolve("data").toString(),
                                        "DAYPASS_TRUST_DOMAIN", "demo.example",
                                        "DAYPASS_AGENTS_PORT", "0",
                                        "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                        "DAYPASS_CONSOLE_PORT", "0",
                                        "DAYPASS_HEALTH_PORT", "0",
                                        "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true")),
                        Clock.systemUTC());
        URI console = URI.create("http://127.0.0.1:" + server.ports().console());
        this.operator = new OperatorClient(console, data.operatorToken());
        this.shop = FlightShop.start(0, apiKeys.get(0));
        this.library = PaperLibrary.start(0, apiKeys.get(1));
        this.notes = NoteBox.start(0, apiKeys.get(2));
    }

    static DemoWorld build(Storyteller story) {
        story.chapter("A server, three services, six agents");
        List<String> keys = List.of("fl-" + random(), "pl-" + random(), "nb-" + random());
        DemoWorld world =
                story.step(
                        "a broker and an edge start, with an embedded database",
                        () -> new DemoWorld(temporary(), keys));
        try {
            world.furnish(story);
            return world;
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private void furnish(Storyteller story) {
        Answer flights =
                story.step(
                        "the flight shop is registered; its API key goes into the vault",
                        () ->
                                register(
                                        "flights",
                                        shop.port(),
                                        shop.openApi(),
                                        Json.object()
                                                .put("kind", "header")
                                                .put("name", "X-Api-Key")
                                                .put("value", apiKeys.get(0))
                                                .build()));
        story.expect(flights.text("operations").orElse("no") + " operations", flights.good());
        Answer papers =
                story.step(
                        "the paper library is registered; so is its key",
                        () ->
                                register(
                                        "papers",
                                        library.port(),
                                        library.openApi(),
                                        Json.object()
                                                .put("kind", "bearer")
                                                .put("value", apiKeys.get(1))
                                                .build()));
        story.expect(papers.text("operations").orElse("no") + " operations", papers.good());
        Answer tools = story.step("a note box, an MCP server, is registered", this::registerNotes);
        story.expect(
                tools.text("operations").orElse("no") + " tools, each pinned as it is",
                tools.good());
        Answer rules =
                story.step(
                        "rules are put in force",
                        () ->
                                operator.send(
                                        "PUT",
                                        "/v1/rules",
                                        Json.object()
                                                .put("source", "rules.yaml")
                                                .put("text", Resources.text("rules.yaml"))
                                                .build()));
        story.expect("rules hold", rules.good());
        story.step(
                "six agents enrol: each makes its key at home and gets a certificate",
                () -> {
                    enrol("buybot", Resources.text("ceilings/buybot.yaml"));
                    enrol("researcher", Resources.text("ceilings/researcher.yaml"));
                    enrol("secretary", Resources.text("ceilings/secretary.yaml"));
                    enrol("roamer", null);
                    enrol("scout", null);
                    enrol("magpie", null);
                    return agents.size();
                });
    }

    private Answer register(String name, int port, String openApi, Json credential) {
        return operator.send(
                "PUT",
                "/v1/services/" + name,
                Json.object()
                        .put("source", name)
                        .put("openapi", openApi)
                        .put("upstream", "http://127.0.0.1:" + port)
                        .put("credential", credential)
                        .build());
    }

    private Answer registerNotes() {
        return operator.send(
                "PUT",
                "/v1/services/notes",
                Json.object()
                        .put("source", "notes")
                        .put("mcp", notes.offer())
                        .put("upstream", "http://127.0.0.1:%d/mcp".formatted(notes.port()))
                        .put(
                                "credential",
                                Json.object()
                                        .put("kind", "bearer")
                                        .put("value", apiKeys.get(2))
                                        .build())
                        .build());
    }

    private void enrol(String name, @Nullable String ceiling) {
        Answer added =
                operator.send(
                        "POST",
                        "/v1/agents",
                        Json.object().put("name", name).put("ceiling", ceiling).build());
        Path identity = directory.resolve("agents").resolve(name);
        Secret token = Secret.of(added.text("enrolment_token").orElse("none"));
        AgentClient.enrol(URI.create(server.config().issuer()), token, identity);
        agents.put(name, new AgentClient(AgentIdentity.read(identity)));
    }

    AgentClient agent(String name) {
        AgentClient agent = agents.get(name);
        if (agent == null) {
            throw new IllegalArgumentException(name);
        }
        return agent;
    }

    OperatorClient operator() {
        return operator;
    }

    Answer callShopDirectly() {
        return new OperatorClient(
                        URI.create("http://127.0.0.1:" + shop.port()), Secret.of("no-key"))
                .send("GET", "/offers?from=NYC&to=LON", null);
    }

    boolean holdsSecret(String text) {
        return text.contains("eyJ") || apiKeys.stream().anyMatch(text::contains);
    }

    private static String random() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("daypass-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        shop.close();
        library.close();
        notes.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
