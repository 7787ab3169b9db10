package dev.daypass.examples.agents;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.examples.HomeShop;
import dev.daypass.examples.Pace;
import dev.daypass.examples.PaperLibrary;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server, a shop and a library behind it, and the agents of both, in a directory.
final class World implements AutoCloseable {
    static final String CUSTOMER = "ada";
    private static final int SECRET_BYTES = 18;

    private static final String SHOPPER =
            """
            allow:
              - { service: shop, traits: [read, write, money, identity] }
            deny:
              - { service: shop, traits: [delete, admin] }
            ttl_max: 1h
            """;
    private static final String RULES =
            """
            rules:
              - name: money-needs-a-human
                on: [open]
                approve: "account.grant.exists(g, 'money' in g.traits)"
            """;
    private static final String RESEARCHER =
            """
            allow:
              - { service: papers, traits: [read] }
            ttl_max: 1h
            """;

    private final Path directory;
    private final String password = "pw-" + random();
    private final String libraryKey = "lk-" + random();
    private final Server server;
    private final HomeShop shop;
    private final PaperLibrary library;
    private final OperatorClient operator;
    private volatile Pace shopping = Pace.AT_ONCE;
    private volatile Pace reading = Pace.AT_ONCE;

    private World(Path directory) {
        this.directory = directory;
        var data = new DataDirectory(directory.resolve("data"));
        data.init("agents.example", Instant.now());
        this.server =
                Server.start(
                        Config.load(
                                null,
                                Map.of(
                                        "DAYPASS_DATA", directory.resolve("data").toString(),
                                        "DAYPASS_TRUST_DOMAIN", "agents.example",
                                        "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                        "DAYPASS_AGENTS_PORT", "0",
                                        "DAYPASS_CONSOLE_PORT", "0",
                                        "DAYPASS_HEALTH_PORT", "0",
                                        "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true")),
                        Clock.systemUTC());
        this.shop = HomeShop.start(0, CUSTOMER, password, () -> shopping);
        this.library = PaperLibrary.start(0, libraryKey, () -> reading);
        this.operator = new OperatorClient(console(), data.operatorToken());
    }

    /// @param directory an empty one
    static World build(Path directory) {
        var world = new World(directory);
        try {
            world.furnish();
            return world;
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    /// From now on the services take their time.
    ///
    /// @param shop how long the shop takes
    /// @param library how long the library takes
    void slowDown(Pace shop, Pace library) {
        shopping = shop;
        reading = library;
    }

    private void furnish() {
        // The shop wants a password once, and then a cookie: both stay with the edge.
        register(
                "shop",
                shop.openApi(),
                shop.port(),
                Json.object()
                        .put("kind", "basic")
                        .put("user", CUSTOMER)
                        .put("value", password)
                        .build(),
                "jar");
        register(
                "papers",
                library.openApi(),
                library.port(),
                Json.object().put("kind", "bearer").put("value", libraryKey).build(),
                "drop");
        operator(
                "PUT",
                "/v1/rules",
                Json.object().put("source", "rules.yaml").put("text", RULES).build());
        enrol("shopper", SHOPPER);
        enrol("researcher", RESEARCHER);
    }

    private void register(String name, String openApi, int port, Json credential, String cookies) {
        operator(
                "PUT",
                "/v1/services/" + name,
                Json.object()
                        .put("source", name)
                        .put("openapi", openApi)
                        .put("upstream", "http://127.0.0.1:" + port)
                        .put("credential", credential)
                        .put("cookies", cookies)
                        .build());
    }

    private void enrol(String name, String ceiling) {
        Answer added =
                operator(
                        "POST",
                        "/v1/agents",
                        Json.object().put("name", name).put("ceiling", ceiling).build());
        Secret token = Secret.of(added.text("enrolment_token").orElseThrow());
        AgentClient.enrol(URI.create(server.config().issuer()), token, identity(name));
    }

    /// What an operator does.
    ///
    /// @throws IllegalStateException if it is refused
    Answer operator(String method, String path, @Nullable Json body) {
        Answer answer = operator.send(method, path, body);
        if (!answer.good()) {
            throw new IllegalStateException(path + ": " + answer.problem());
        }
        return answer;
    }

    URI console() {
        return URI.create("http://127.0.0.1:" + server.ports().console());
    }

    /// The home directory of an agent.
    Path home(String agent) {
        return directory.resolve("homes").resolve(agent);
    }

    /// Where the identity of an agent lies: where programs look for it unasked.
    Path identity(String agent) {
        return home(agent).resolve(".daypass").resolve("identity");
    }

    /// Somebody with the certificate of an agent.
    AgentClient agent(String name) {
        return new AgentClient(AgentIdentity.read(identity(name)));
    }

    URI shop() {
        return URI.create("http://127.0.0.1:" + shop.port());
    }

    URI library() {
        return URI.create("http://127.0.0.1:" + library.port());
    }

    int orders() {
        return shop.orders();
    }

    String password() {
        return password;
    }

    String libraryKey() {
        return libraryKey;
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    @Override
    public void close() {
        server.close();
        shop.close();
        library.close();
    }
}
