package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A server that is told to stop takes nothing new, finishes what is under way, and says to those
/// who are connected that it goes.
class DrainTest {
    private final Path directory = Installation.temporary();
    private final Path data = directory.resolve("data");
    private int port;

    private ServerProcess start(String drain) throws IOException {
        new DataDirectory(data).init(Installation.DOMAIN, Instant.now());
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return ServerProcess.start(
                data,
                Map.of("AGENTS_PORT", Integer.toString(port), "LIMITS_DRAIN_TIMEOUT", drain),
                directory.resolve("log").toFile());
    }

    private Agent agent(ServerProcess server, Stuck slow) {
        var operator =
                new OperatorClient(
                        URI.create("http://127.0.0.1:" + server.console()),
                        new DataDirectory(data).operatorToken());
        Installation.must(
                operator.send(
                        "PUT",
                        "/v1/services/slow",
                        Json.object()
                                .put("source", "slow")
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", slow.url())
                                .put("credential", Json.object().put("kind", "none").build())
                                .build()));
        Answer added =
                Installation.must(
                        operator.send(
                                "POST",
                                "/v1/agents",
                                Json.object()
                                        .put("name", "agent")
                                        .put("ceiling", Installation.ANYTHING)
                                        .build()));
        Path identity = directory.resolve("agent");
        AgentClient.enrol(
                URI.create("https://localhost:" + port),
                Secret.of(added.text("enrolment_token").orElseThrow()),
                identity);
        return new Agent(AgentIdentity.read(identity), identity);
    }

    @Test
    void calls_under_way_are_finished_and_nothing_new_begins() throws Exception {
        try (var slow = new Stuck();
                ServerProcess server = start("1m")) {
            Agent agent = agent(server, slow);
            Agent.Opened account = agent.open(Lab.READ);
            slow.fill(agent, account, 1);
            try (Wire wire = Wire.to(port, agent.tls());
                    HttpClient http = agent.http(HttpClient.Version.HTTP_2);
                    Wire idle = Wire.to(port, agent.tls())) {
                wire.send(
                        "GET /slow/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                                .formatted(account.bearer()));
                CompletableFuture<HttpResponse<String>> over2 =
                        http.sendAsync(
                                agent.request("/slow/x", account).build(),
                                HttpResponse.BodyHandlers.ofString());
                slow.await(3);

                server.stop();

                assertTrue(idle.closes());
                Await.until("nobody listens", this::refuses);
                slow.release();
                Wire.Reply reply = wire.reply();
                assertEquals(200, reply.status());
                assertEquals("close", reply.field("connection"));
                assertTrue(wire.closes());
                assertEquals(200, over2.get().statusCode());
                assertTrue(slow.answers().stream().allMatch(status -> status == 200));
                http.shutdownNow();
            }
            assertEquals(0, server.waitFor());
        }
    }

    @Test
    void what_takes_longer_than_it_may_is_cut_and_the_server_stops() throws Exception {
        try (var slow = new Stuck();
                ServerProcess server = start("500ms")) {
            Agent agent = agent(server, slow);
            Agent.Opened account = agent.open(Lab.READ);
            try (Wire wire = Wire.to(port, agent.tls())) {
                wire.send(
                        "GET /slow/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                                .formatted(account.bearer()));
                slow.await(1);

                server.stop();

                assertTrue(wire.closes());
            }
            assertEquals(0, server.waitFor());
        }
    }

    private boolean refuses() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() < 0;
        } catch (IOException _) {
            return true;
        }
    }
}
