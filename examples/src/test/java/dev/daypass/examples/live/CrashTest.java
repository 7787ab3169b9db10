package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.cli.Unreachable;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Threats 20 and 21: a server that is killed under load forgets nothing that it answered, and
/// nothing secret is written down, whatever happens.
class CrashTest {
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 8;
    private static final int ANSWERS_BEFORE_THE_KILL = 60;
    private static final int ASKED_AT_THE_EDGE = 25;
    private static final String KEY = "upstream-key-" + System.nanoTime();

    private final Path directory = Installation.temporary();
    private final Path data = directory.resolve("data");
    private final File log = directory.resolve("log").toFile();
    private final List<String> secrets = new ArrayList<>(List.of(KEY));
    private final Queue<Agent.Opened> active = new ConcurrentLinkedQueue<>();
    private final Queue<Agent.Opened> ended = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private @Nullable ServerProcess server;

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private OperatorClient operator(ServerProcess server) {
        return new OperatorClient(
                URI.create("http://127.0.0.1:" + server.console()),
                new DataDirectory(data).operatorToken());
    }

    @Test
    void a_server_that_is_killed_under_load_forgets_no_answer_and_writes_no_secret()
            throws IOException {
        new DataDirectory(data).init(Installation.DOMAIN, java.time.Instant.now());
        Map<String, String> settings = Map.of("AGENTS_PORT", Integer.toString(freePort()));
        URI issuer = URI.create(Installation.config(data, settings).issuer());
        try (Upstream upstream = Upstream.start(Upstream::fine)) {
            Agent agent = furnish(started(settings), upstream, issuer);
            for (int round = 0; round < ROUNDS; round++) {
                loadAndKill(running(), agent);
                remembers(started(settings), agent);
            }
            Answer verified = operator(running()).send("GET", "/v1/ledger/verify", null);
            assertEquals("true", verified.text("verified").orElse(""), verified.bodyText());
            nothingSecretIsWrittenDown();
            running().close();
            nothingSecretIsWrittenDown();
        }
    }

    private OperatorClient started(Map<String, String> settings) {
        ServerProcess started = ServerProcess.start(data, settings, log);
        server = started;
        return operator(started);
    }

    private ServerProcess running() {
        return Objects.requireNonNull(server);
    }

    // Whatever failed, the process must not outlive its test.
    @AfterEach
    void nothingRunsOn() {
        if (server != null) {
            server.kill();
        }
        Installation.delete(directory);
    }

    private Agent furnish(OperatorClient operator, Upstream upstream, URI issuer) {
        Installation.must(
                operator.send(
                        "PUT",
                        "/v1/services/lab",
                        Json.object()
                                .put("source", "lab")
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", upstream.url())
                                .put(
                                        "credential",
                                        Json.object()
                                                .put("kind", "bearer")
                                                .put("value", KEY)
                                                .build())
                                .build()));
        Answer added =
                Installation.must(
                        operator.send(
                                "POST",
                                "/v1/agents",
                                Json.object()
                                        .put("name", "busy")
                                        .put("ceiling", Installation.ANYTHING)
                                        .build()));
        Secret token = Secret.of(added.text("enrolment_token").orElseThrow());
        secrets.add(token.reveal().split("\\.", -1)[1]);
        secrets.add(new DataDirectory(data).operatorToken().reveal());
        Path home = directory.resolve("busy");
        AgentClient.enrol(issuer, token, home);
        return new Agent(AgentIdentity.read(home), home);
    }

    /// Opens, calls and completes accounts until the server is gone.
    private void loadAndKill(ServerProcess server, Agent agent) {
        int before = active.size() + ended.size();
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            AgentClient client = new AgentClient(AgentIdentity.read(directory.resolve("busy")));
            boolean completes = i % 2 == 0;
            clients.add(Thread.ofVirtual().start(() -> work(client, completes)));
        }
        Await.until(
                "enough is answered",
                () -> active.size() + ended.size() >= before + ANSWERS_BEFORE_THE_KILL);
        server.kill();
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertTrue(agent.server().getPort() > 0);
    }

    private void work(AgentClient client, boolean completes) {
        Json request = Json.object().put("task", Lab.READ).put("ttl", "1h").build();
        try {
            while (true) {
                Answer answer = client.open(request);
                if (answer.status() != 201) {
                    throw new AssertionError(answer.bodyText());
                }
                Agent.Opened account = Agent.opened(answer);
                tokens.add(account.token().reveal());
                client.call("GET", "/lab/x", account.token());
                // Whether an end that was not answered took place is anybody's guess.
                if (!completes) {
                    active.add(account);
                } else if (client.send("POST", "/v1/accounts/" + account.id() + "/complete", null)
                        .good()) {
                    ended.add(account);
                }
            }
        } catch (Unreachable _) {
            return; // killed
        }
    }

    private void remembers(OperatorClient operator, Agent agent) {
        for (Agent.Opened account : active) {
            assertEquals("active", state(operator, account), account.id());
        }
        for (Agent.Opened account : ended) {
            assertEquals("ended completed", state(operator, account), account.id());
        }
        for (Agent.Opened account : newest(ended)) {
            Answer refused = agent.call("GET", "/lab/x", account);
            assertEquals(401, refused.status(), refused.bodyText());
            assertEquals("fresh", refused.text("step").orElse(""), refused.bodyText());
        }
        for (Agent.Opened account : newest(active)) {
            assertEquals(200, agent.call("GET", "/lab/x", account).status());
        }
    }

    private static List<Agent.Opened> newest(Queue<Agent.Opened> accounts) {
        List<Agent.Opened> all = List.copyOf(accounts);
        return all.subList(Math.max(0, all.size() - ASKED_AT_THE_EDGE), all.size());
    }

    private static String state(OperatorClient operator, Agent.Opened account) {
        Answer answer = operator.send("GET", "/v1/accounts/" + account.id(), null);
        return answer.text("state").orElse(answer.bodyText())
                + answer.text("reason").map(reason -> " " + reason).orElse("");
    }

    private void nothingSecretIsWrittenDown() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(Files::isRegularFile)
                            .filter(f -> !f.endsWith(DataDirectory.OPERATOR_TOKEN))
                            .filter(f -> !f.startsWith(directory.resolve("busy")))
                            .toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertTrue(!bytes.contains(secret), file + " holds a secret");
                }
                for (String token : tokens) {
                    String signature = token.substring(token.lastIndexOf('.') + 1);
                    assertTrue(!bytes.contains(signature), file + " holds a token");
                }
                assertTrue(!bytes.contains("eyJ"), file + " holds something like a token");
            }
        }
        assertTrue(log.length() >= 0 && !tokens.isEmpty());
    }
}
