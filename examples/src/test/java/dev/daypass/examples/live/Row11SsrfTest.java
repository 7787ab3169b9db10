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

/// Threat 11: where connections lead, and where a credential goes when its service moves or its
/// name leads elsewhere than it did. Fails where `ConnectLimit` connects before it judges, where
/// `Upstreams.check` judges the spelling of a host and not its addresses, and where a request
/// follows redirects.
class Row11SsrfTest {
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
            upstream.follow(Row11SsrfTest::token);
            int connections = upstream.connections();
            // What was registered as a public name has become loopback, as far as the edge knows.
            var closed = Map.of("AGENTS_PORT", port, "EDGE_ALLOW_PRIVATE_UPSTREAMS", "false");
            try (Server after =
                    Server.start(Installation.config(data, closed), Clock.systemUTC())) {
                for (String path : List.of("/lab/x", "/fetched/x")) {
                    Answer refused = called(identity, path);
                    assertEquals(502, refused.status(), refused.bodyText());
                }
                assertEquals(List.of(), upstream.received());
                // Not even a connection was made, nor a handshake begun.
                assertEquals(connections, upstream.connections());
                assertTrue(after.ports().agents() > 0);
            }
        }
        Installation.delete(directory);
    }

    /// The address of this host, a private network or a cloud's metadata, in every spelling.
    private static final List<String> INSIDE =
            List.of(
                    "127.0.0.1",
                    "127.1",
                    "localhost",
                    "LOCALHOST.",
                    "2130706433",
                    "017700000001",
                    "0177.0.0.1",
                    "0x7f.0.0.1",
                    "0x7f000001",
                    "127.0.0.1.",
                    "0.0.0.0",
                    "10.0.0.1",
                    "172.16.0.1",
                    "192.168.1.1",
                    "100.64.0.1",
                    "169.254.169.254",
                    "[::1]",
                    "[::]",
                    "[::127.0.0.1]",
                    "[::ffff:127.0.0.1]",
                    "[::ffff:7f00:1]",
                    "[::ffff:169.254.169.254]",
                    "[64:ff9b::7f00:1]",
                    "[2002:7f00:1::]",
                    "[fd00:ec2::254]",
                    "[fe80::1]",
                    "[fe80::1%25lo]",
                    "user@127.0.0.1",
                    "93.184.215.14:80@127.0.0.1",
                    "127.0.0.1#@93.184.215.14",
                    "127.0.0.1\\@93.184.215.14");

    @Test
    void no_spelling_of_an_inside_address_is_registered() {
        try (Installation strict =
                Installation.start(
                        Map.of("EDGE_ALLOW_PRIVATE_UPSTREAMS", "false"), Clock.systemUTC())) {
            for (String host : INSIDE) {
                for (String scheme : List.of("http://", "https://")) {
                    Answer refused = registered(strict, scheme + host, credential("a-key"));
                    assertEquals(400, refused.status(), host + " " + refused.bodyText());
                }
                Answer refused =
                        registered(strict, "https://93.184.215.14", fetchedFrom("https://" + host));
                assertEquals(400, refused.status(), host + " " + refused.bodyText());
            }
        }
    }

    private static Json fetchedFrom(String tokenUrl) {
        return Json.object()
                .put("kind", "client_credentials")
                .put("token_url", tokenUrl)
                .put("client_id", "me")
                .put("value", "client-secret")
                .build();
    }

    private static Answer registered(Installation at, String upstream, Json credential) {
        return at.operator()
                .send(
                        "PUT",
                        "/v1/services/lab",
                        Json.object()
                                .put("source", "lab")
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", upstream)
                                .put("credential", credential)
                                .build());
    }

    @Test
    void a_redirect_is_told_and_not_followed() throws IOException {
        try (Installation here = Installation.start();
                Victim victim = new Victim();
                Upstream upstream =
                        Upstream.start((_, _, out) ->
                                Upstream.say(out, "307 There", "", "Location: " + victim.url()))) {
            here.register("lab", Lab.OPENAPI, upstream.url(), credential("a-key"));
            Agent agent = here.agent("agent");

            Answer answer = agent.call("GET", "/lab/x", agent.open(Lab.READ));

            assertEquals(307, answer.status());
            assertEquals(0, victim.connections());
        }
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
