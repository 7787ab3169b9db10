package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.nats.NatsBus;
import dev.daypass.store.Bus;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one PostgreSQL with a real NATS between them, which comes and goes and which
/// others reach as well.
class NatsTest {
    @TempDir Path home;
    private int port;
    private Process nats;
    private EmbeddedPostgres postgres;
    private Installation one;
    private Installation two;
    private Upstream upstream;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        nats = nats();
        postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(90)).start();
        Map<String, String> settings =
                Map.of(
                        "DATABASE_URL",
                        "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()),
                        "DATABASE_USER",
                        "postgres",
                        "EDGES_LEASE",
                        "15s",
                        "FEED_NATS_URL",
                        "nats://127.0.0.1:" + port);
        one = Installation.start(settings, Clock.systemUTC());
        two = one.beside(settings);
        Await.until("both are reached", () -> connected(one, 1) && connected(two, 1));
        upstream = Lab.in(one, "lab");
        agent = one.agent("agent");
        Await.until("both are waited for", () -> edges(revoked(), "acknowledged") == 2);
    }

    @AfterEach
    void stop() throws Exception {
        two.close();
        one.close();
        upstream.close();
        postgres.close();
        end();
    }

    private Process nats() throws IOException {
        return new ProcessBuilder(
                        RealServer.tool("nats-server", "nats-server"),
                        "-a",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("nats.log").toFile()))
                .start();
    }

    private void end() throws InterruptedException {
        nats.destroyForcibly();
        nats.waitFor(20, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean connected(Installation here, int value) {
        return here.metrics().contains("daypass_nats_connected %d.0".formatted(value));
    }

    private static boolean dropped(Installation here, String why) {
        return here.metrics()
                .contains("daypass_nats_dropped_total{reason=\"%s\"} 1.0".formatted(why));
    }

    /// Ends a new account at the other server.
    private Answer revoked() {
        Agent.Opened account = agent.open(Lab.READ);
        Answer answer = two.operator().send("DELETE", "/v1/accounts/" + account.id(), null);
        assertTrue(answer.good(), answer.bodyText());
        assertEquals(401, agent.call("GET", "/lab/x", account).status());
        return answer;
    }

    private static long edges(Answer answer, String how) {
        Json edges = Objects.requireNonNull(JsonFields.of(answer.json()).take("edges"));
        return JsonFields.of(edges).longValue(how);
    }

    @Test
    void what_ends_at_one_is_over_at_the_other_when_it_is_answered() {
        for (int i = 0; i < 10; i++) {
            Answer answer = revoked();
            assertEquals(2, edges(answer, "acknowledged"), answer.bodyText());
        }
    }

    @Test
    void without_nats_servers_go_on_over_the_database_and_are_back_on_it_by_themselves()
            throws Exception {
        end();
        Await.until("both know", () -> connected(one, 0) && connected(two, 0));
        Answer answer = revoked();
        assertEquals(2, edges(answer, "acknowledged"), answer.bodyText());

        nats = nats();
        Await.until("both are back", () -> connected(one, 1) && connected(two, 1));
        assertEquals(2, edges(revoked(), "acknowledged"));
    }

    @Test
    void what_many_say_at_once_is_all_heard_and_nothing_of_it_taken_for_a_repetition() {
        var heard = new AtomicInteger();
        try (NatsBus speaker = bus("speaker", new AtomicInteger());
                NatsBus listener = bus("listener", heard)) {
            Await.until("both are reached", () -> speaker.connected() && listener.connected());
            Await.until(
                    "the listener listens",
                    () -> {
                        speaker.say("first");
                        return heard.get() > 0;
                    });
            int before = heard.get();

            Crowd.of(
                    1_000,
                    () -> {
                        speaker.say("word");
                        return true;
                    });

            Await.until("all is heard", () -> heard.get() >= before + 1_000);
            assertEquals(0, listener.dropped("replayed"));
        }
    }

    private NatsBus bus(String name, AtomicInteger words) {
        var ear =
                new Bus.Ear() {
                    @Override
                    public void wrote() {}

                    @Override
                    public void said(String message) {
                        words.incrementAndGet();
                    }
                };
        return new NatsBus(
                new NatsBus.Where("nats://127.0.0.1:" + port, "", "", "daypass.crowd"),
                new NatsBus.Seal(
                        name, text -> text.getBytes(StandardCharsets.UTF_8), Clock.systemUTC()),
                new Bus() {
                    @Override
                    public void say(String message) {}

                    @Override
                    public void close() {}
                },
                ear,
                _ -> {});
    }

    @Test
    void what_others_say_there_is_dropped_and_counted() throws Exception {
        String subject =
                "daypass."
                        + UUID.nameUUIDFromBytes(
                                one.issuer().toString().getBytes(StandardCharsets.UTF_8));
        Connection stranger = Nats.connect("nats://127.0.0.1:" + port);
        stranger.publish(
                subject,
                "{\"from\":\"0011\",\"n\":1,\"at\":1,\"text\":\"\",\"code\":\"AAAA\"}"
                        .getBytes(StandardCharsets.UTF_8));
        stranger.publish(subject, new byte[] {1, 2, 3});
        stranger.flush(java.time.Duration.ofSeconds(20));
        stranger.close();

        Await.until("the forged one is counted", () -> dropped(one, "forged"));
        Await.until("and the other", () -> dropped(two, "malformed"));
        assertEquals(2, edges(revoked(), "acknowledged"), "nothing else has happened");
    }
}
