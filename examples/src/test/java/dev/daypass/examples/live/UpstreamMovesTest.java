package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Server;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Threat 11 while calls are under way: where a credential goes when its service moves, or when its
/// name leads elsewhere than it did.
class UpstreamMovesTest {
    private static Json credential(String key) {
        return Json.object()
                .put("kind", "header")
                .put("name", "X-Api-Key")
                .put("value", key)
                .build();
    }

    @Test
    void a_credential_never_reaches_the_host_of_another_while_a_service_moves() throws Exception {
        try (Installation here = Installation.start();
                Upstream one = Upstream.start(Upstream::fine);
                Upstream two = Upstream.start(Upstream::fine)) {
            here.register("lab", Lab.OPENAPI, one.url(), credential("key-of-one"));
            Agent agent = here.agent("agent");
            Agent.Opened account = agent.open(Lab.READ);
            var over = new AtomicBoolean();
            Thread caller =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!over.get()) {
                                    agent.call("GET", "/lab/x", account);
                                }
                            });

            for (int i = 0; i < 40; i++) {
                boolean second = i % 2 == 0;
                here.register(
                        "lab",
                        Lab.OPENAPI,
                        second ? two.url() : one.url(),
                        credential(second ? "key-of-two" : "key-of-one"));
            }
            over.set(true);
            caller.join();

            assertEquals(200, agent.call("GET", "/lab/x", account).status());
            assertEquals(List.of(), keysOtherThan("key-of-one", one));
            assertEquals(List.of(), keysOtherThan("key-of-two", two));
            assertTrue(!one.received().isEmpty());
        }
    }

    private static List<String> keysOtherThan(String own, Upstream at) {
        return at.received().stream()
                .map(request -> request.field("x-api-key"))
                .filter(key -> !key.equals(own))
                .toList();
    }

    @Test
    void a_name_that_leads_inside_after_its_registration_gets_neither_call_nor_credential()
            throws IOException {
        Path directory = Installation.temporary();
        Path data = directory.resolve("data");
        new DataDirectory(data).init(Installation.DOMAIN, Instant.now());
        String port = Integer.toString(freePort());
        Path identity = directory.resolve("agent");
        try (Upstream upstream = Upstream.start(Upstream::fine)) {
            var open = Map.of("AGENTS_PORT", port);
            try (Server before = Server.start(Installation.config(data, open), Clock.systemUTC())) {
                furnish(before, data, upstream, identity);
                assertEquals(200, called(identity, "/lab/x").status());
                assertEquals(1, upstream.received().size());
            }
            upstream.follow(UpstreamMovesTest::token);
            // What was registered as a public name has become loopback, as far as the edge knows.
            var closed = Map.of("AGENTS_PORT", port, "EDGE_ALLOW_PRIVATE_UPSTREAMS", "false");
            try (Server after =
                    Server.start(Installation.config(data, closed), Clock.systemUTC())) {
                for (String path : List.of("/lab/x", "/fetched/x")) {
                    Answer refused = called(identity, path);
                    assertEquals(502, refused.status(), refused.bodyText());
                }
                assertEquals(List.of(), upstream.received());
                assertTrue(after.ports().agents() > 0);
            }
        }
        Installation.delete(directory);
    }

    private static void token(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        Upstream.body(request, in);
        Upstream.say(out, "200 OK", "{\"access_token\":\"t\"}");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void furnish(Server server, Path data, Upstream upstream, Path identity) {
        var operator =
                new OperatorClient(
                        URI.create("http://127.0.0.1:" + server.ports().console()),
                        new DataDirectory(data).operatorToken());
        service(operator, "lab", upstream, credential("a-key"));
        service(
                operator,
                "fetched",
                upstream,
                Json.object()
                        .put("kind", "client_credentials")
                        .put("token_url", upstream.url() + "/token")
                        .put("client_id", "me")
                        .put("value", "client-secret")
                        .build());
        Answer added =
                Installation.must(
                        operator.send(
                                "POST",
                                "/v1/agents",
                                Json.object()
                                        .put("name", "agent")
                                        .put("ceiling", Installation.ANYTHING)
                                        .build()));
        AgentClient.enrol(
                URI.create(server.config().issuer()),
                dev.daypass.vault.Secret.of(added.text("enrolment_token").orElseThrow()),
                identity);
    }

    private static void service(
            OperatorClient operator, String name, Upstream upstream, Json credential) {
        Installation.must(
                operator.send(
                        "PUT",
                        "/v1/services/" + name,
                        Json.object()
                                .put("source", name)
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", upstream.url())
                                .put("credential", credential)
                                .build()));
    }

    private static Answer called(Path identity, String path) {
        var agent = new Agent(AgentIdentity.read(identity), identity);
        return agent.call("GET", path, agent.open(Lab.READ));
    }
}
