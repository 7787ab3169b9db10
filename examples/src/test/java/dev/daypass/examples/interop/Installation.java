package dev.daypass.examples.interop;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.examples.FlightShop;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server with two services and two agents, in a given directory.
final class Installation implements AutoCloseable {
    private static final String SHOP =
            """
            openapi: 3.1.0
            info: { title: Shop, version: "1" }
            paths:
              /offers:
                get:
                  operationId: searchOffers
                  tags: [offers]
                  parameters:
                    - { name: from, in: query, required: true, schema: { oneOf: [ { const: NYC, title: New York }, { const: LON, title: London } ] } }
                    - { name: to, in: query, required: true, schema: { oneOf: [ { const: NYC, title: New York }, { const: LON, title: London } ] } }
                  responses: { "200": { description: Offers } }
              /cards:
                get:
                  operationId: listCards
                  tags: [cards, payment]
                  responses: { "200": { description: Cards } }
            """;
    private static final String LIBRARY =
            """
            openapi: 3.1.0
            info: { title: Library, version: "1" }
            paths:
              /papers:
                get:
                  operationId: searchPapers
                  tags: [papers]
                  responses: { "200": { description: Papers } }
            """;
    private static final String SHOP_KEY = "key-of-the-flight-shop";
    private static final String RULES =
            """
            rules:
              - name: an-hour-is-long
                on: [open]
                approve: "account.ttl > duration('1h')"
            """;
    private static final String CEILING =
            """
            allow:
              - { service: shop, traits: [read, personal, money] }
              - { service: library, traits: [read] }
              - { service: flights, traits: [read, write, money, personal] }
            ttl_max: 12h
            """;

    private final Path directory;
    private final HttpServer upstream;
    private final Server server;
    private final Secret operatorToken;
    private final OperatorClient operator;
    private @Nullable FlightShop shop;

    private Installation(Path directory) throws IOException {
        this.directory = directory;
        this.upstream = upstream();
        Path data = directory.resolve("data");
        var files = new DataDirectory(data);
        files.init("interop.example", Instant.now());
        this.server =
                Server.start(
                        Config.load(
                                null,
                                Map.of(
                                        "DAYPASS_DATA", data.toString(),
                                        "DAYPASS_TRUST_DOMAIN", "interop.example",
                                        "DAYPASS_AGENTS_HOST", "127.0.0.1",
                                        "DAYPASS_AGENTS_PORT", "0",
                                        "DAYPASS_CONSOLE_PORT", "0",
                                        "DAYPASS_HEALTH_PORT", "0",
                                        "DAYPASS_ADMIT_OPENS_BURST", "1000",
                                        "DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true")),
                        Clock.systemUTC());
        this.operatorToken = files.operatorToken();
        this.operator = new OperatorClient(console(), operatorToken);
    }

    static Installation in(Path directory) throws IOException {
        var installation = new Installation(directory);
        try {
            installation.furnish();
            return installation;
        } catch (RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private void furnish() {
        register("shop", SHOP);
        register("library", LIBRARY);
        operator(
                "PUT",
                "/v1/rules",
                Json.object().put("source", "rules").put("text", RULES).build());
        enrol("shopper", Json.object().put("shop", "find offers").build());
        enrol("stranger", Json.object().build());
    }

    private void register(String name, String openApi) {
        operator(
                "PUT",
                "/v1/services/" + name,
                Json.object()
                        .put("source", name)
                        .put("openapi", openApi)
                        .put("upstream", "http://127.0.0.1:" + upstream.getAddress().getPort())
                        .build());
    }

    private void enrol(String name, Json.Obj defaultTasks) {
        Answer added =
                operator(
                        "POST",
                        "/v1/agents",
                        Json.object()
                                .put("name", name)
                                .put("ceiling", CEILING)
                                .put("default_tasks", defaultTasks)
                                .build());
        Secret token = Secret.of(added.text("enrolment_token").orElseThrow());
        AgentClient.enrol(URI.create(issuer()), token, agent(name));
    }

    /// Registers the flight shop of the samples, and an agent that buys there.
    Installation withFlights() {
        shop = FlightShop.start(0, SHOP_KEY);
        operator(
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
                        .build());
        enrol("buybot", Json.object().build());
        return this;
    }

    private Answer operator(String method, String path, Json body) {
        Answer answer = operator.send(method, path, body);
        if (!answer.good()) {
            throw new IllegalStateException(path + ": " + answer.bodyText());
        }
        return answer;
    }

    /// Who approves and denies.
    OperatorClient operator() {
        return operator;
    }

    String issuer() {
        return server.config().issuer();
    }

    /// The directory of an agent's `key.pem`, `cert.pem` and `ca.pem`.
    Path agent(String name) {
        return directory.resolve("agents").resolve(name);
    }

    /// Everything that a client in another language needs to know.
    Json.Obj described() {
        return Json.object()
                .put("issuer", issuer())
                .put("console", console().toString())
                .put("operator", operatorToken.reveal())
                .put(
                        "agents",
                        Json.object()
                                .put("shopper", agent("shopper").toString())
                                .put("stranger", agent("stranger").toString())
                                .put("buybot", agent("buybot").toString())
                                .build())
                .build();
    }

    private URI console() {
        return URI.create("http://127.0.0.1:" + server.ports().console());
    }

    private static HttpServer upstream() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{\"served\":true}".getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().put("content-type", List.of("application/json"));
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @Override
    public void close() {
        server.close();
        upstream.stop(0);
        if (shop != null) {
            shop.close();
        }
    }
}
