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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server that is killed may forget: no call that changed something and was answered, no
/// read that was answered before such a call, and of the reads after it only the newest. With
/// `ledger.reads_durable_first`, and for a read with a receipt, nothing.
class KilledReadsTest {
    private static final int ROUNDS = 3;
    private static final int CALLS_BEFORE_THE_KILL = 120;
    private static final int WRITE_EVERY = 10;

    /// The bound that is stated is 10 ms and a commit; a disk that others use may take its time.
    private static final long BOUND_NANOS = 2_000_000_000L;

    private final Path directory = Installation.temporary();
    private final Path data = directory.resolve("data");
    private final File log = directory.resolve("log").toFile();
    private final AtomicReference<ServerProcess> server = new AtomicReference<>();

    @AfterEach
    void nothingRunsOn() {
        ServerProcess running = server.get();
        if (running != null) {
            running.kill();
        }
        Installation.delete(directory);
    }

    private OperatorClient started(Map<String, String> settings) {
        ServerProcess started = ServerProcess.start(data, settings, log);
        server.set(started);
        return new OperatorClient(
                URI.create("http://127.0.0.1:" + started.console()),
                new DataDirectory(data).operatorToken());
    }

    /// A call that was answered.
    private record Answered(String name, boolean write, long nanos) {}

    private Map<String, String> installed() throws IOException {
        new DataDirectory(data).init(Installation.DOMAIN, java.time.Instant.now());
        try (var socket = new ServerSocket(0)) {
            return Map.of("AGENTS_PORT", Integer.toString(socket.getLocalPort()));
        }
    }

    private AgentClient furnished(
            OperatorClient operator, Upstream upstream, Map<String, String> settings) {
        Installation.must(
                operator.send(
                        "PUT",
                        "/v1/services/lab",
                        Json.object()
                                .put("source", "lab")
                                .put("openapi", Lab.OPENAPI)
                                .put("upstream", upstream.url())
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
        URI issuer = URI.create(Installation.config(data, settings).issuer());
        Path home = directory.resolve("busy");
        AgentClient.enrol(issuer, Secret.of(added.text("enrolment_token").orElseThrow()), home);
        return new AgentClient(AgentIdentity.read(home));
    }

    @Test
    void of_the_reads_that_were_answered_only_the_newest_can_be_forgotten() throws Exception {
        Map<String, String> settings = installed();
        try (Upstream upstream = Upstream.start(Upstream::fine)) {
            AgentClient client = furnished(started(settings), upstream, settings);
            for (int round = 0; round < ROUNDS; round++) {
                var answered = new ArrayList<Answered>();
                long killed = callUntilKilled(client, answered, "round" + round + "-");
                String ledger = ledger(started(settings));
                judge(answered, killed, ledger);
                client = new AgentClient(AgentIdentity.read(directory.resolve("busy")));
            }
        }
    }

    private long callUntilKilled(AgentClient client, List<Answered> answered, String prefix)
            throws InterruptedException {
        Agent.Opened account =
                Agent.opened(
                        client.open(Json.object().put("task", Lab.ALL).put("ttl", "1h").build()));
        var made = new AtomicInteger();
        Thread calling =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                while (true) {
                                    int number = made.get() + 1;
                                    boolean write = number % WRITE_EVERY == 0;
                                    String name = prefix + number + "-";
                                    Answer answer =
                                            client.call(
                                                    write ? "POST" : "GET",
                                                    "/lab/" + name,
                                                    account.token());
                                    if (answer.status() == 200) {
                                        answered.add(new Answered(name, write, System.nanoTime()));
                                    }
                                    made.incrementAndGet();
                                }
                            } catch (Unreachable _) {
                                return; // killed
                            }
                        });
        Await.until("enough was called", () -> made.get() >= CALLS_BEFORE_THE_KILL);
        long killed = System.nanoTime();
        server.get().kill();
        calling.join();
        assertTrue(answered.size() >= CALLS_BEFORE_THE_KILL, "calls were refused");
        return killed;
    }

    private static String ledger(OperatorClient operator) {
        var out = new StringBuilder();
        for (int from = 1; ; from += 1_000) {
            Answer page = operator.send("GET", "/v1/ledger/facts?limit=1000&from=" + from, null);
            out.append(page.bodyText());
            if (!(page.json() instanceof Json.Arr(var facts)) || facts.size() < 1_000) {
                return out.toString();
            }
        }
    }

    private static void judge(List<Answered> answered, long killed, String ledger) {
        int lastWrite = -1;
        for (int i = 0; i < answered.size(); i++) {
            lastWrite = answered.get(i).write() ? i : lastWrite;
        }
        for (int i = 0; i < answered.size(); i++) {
            Answered call = answered.get(i);
            boolean kept = ledger.contains("/" + call.name());
            if (i <= lastWrite || killed - call.nanos() > BOUND_NANOS) {
                assertTrue(kept, call + " was answered and is forgotten");
            }
        }
    }

    @Test
    void a_read_with_a_receipt_is_never_forgotten_nor_any_where_reads_wait() throws Exception {
        Map<String, String> settings = new java.util.HashMap<>(installed());
        settings.put("LEDGER_READS_DURABLE_FIRST", "true");
        try (Upstream upstream = Upstream.start(Upstream::fine)) {
            AgentClient client = furnished(started(settings), upstream, settings);
            var answered = new ArrayList<Answered>();
            callUntilKilled(client, answered, "kept-");

            String ledger = ledger(started(settings));

            long lost =
                    answered.stream().filter(call -> !ledger.contains("/" + call.name())).count();
            assertEquals(0, lost);
        }
    }
}
