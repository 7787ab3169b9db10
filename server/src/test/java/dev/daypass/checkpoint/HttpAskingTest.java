package dev.daypass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.ledger.WitnessAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever a witness does, it is asked in bounded time and listened to in bounded length.
class HttpAskingTest {
    private final NoteSigner witness = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);
    private final SignedNote note =
            new NoteSigner("log.example", NoteKey.Kind.LOG)
                    .sign(new Checkpoint("log.example", new Tree(1, TreeHash.leaf(new byte[0]))));
    private final CountDownLatch over = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
    }

    private WitnessAnswer ask(Duration timeMax, HttpHandler handler) throws IOException {
        server.createContext("/w/add-checkpoint", handler);
        var url = URI.create("http://127.0.0.1:%d/w/".formatted(server.getAddress().getPort()));
        try (var asking = new HttpAsking(timeMax)) {
            return asking.ask(
                    new LedgerWitness(url, witness.key()), new AddCheckpoint(0, List.of(), note));
        }
    }

    @Test
    void the_request_is_posted_and_the_answer_read() throws IOException {
        var got = new AtomicReference<String>();

        WitnessAnswer answer =
                ask(
                        Duration.ofSeconds(30),
                        exchange -> {
                            got.set(
                                    exchange.getRequestMethod()
                                            + " "
                                            + new String(
                                                    exchange.getRequestBody().readAllBytes(),
                                                    StandardCharsets.UTF_8));
                            byte[] size = "7\n".getBytes(StandardCharsets.UTF_8);
                            exchange.sendResponseHeaders(409, size.length);
                            exchange.getResponseBody().write(size);
                            exchange.close();
                        });

        assertEquals(new WitnessAnswer.Knows(7), answer);
        assertEquals("POST old 0\n\n" + note, got.get());
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                ask(
                                        Duration.ofSeconds(30),
                                        exchange -> {
                                            exchange.sendResponseHeaders(200, 0);
                                            byte[] some = new byte[8192];
                                            while (over.getCount() > 0) {
                                                exchange.getResponseBody().write(some);
                                            }
                                        }));

        assertTrue(String.valueOf(e.getMessage()).contains("too long"), e.getMessage());
    }

    @Test
    void one_that_begins_to_answer_and_stops_is_given_up() {
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                ask(
                                        Duration.ofMillis(300),
                                        exchange -> {
                                            exchange.sendResponseHeaders(200, 0);
                                            exchange.getResponseBody().write('x');
                                            exchange.getResponseBody().flush();
                                            try {
                                                over.await();
                                            } catch (InterruptedException _) {
                                                Thread.currentThread().interrupt();
                                            }
                                        }));

        assertTrue(String.valueOf(e.getMessage()).contains("does not answer"), e.getMessage());
    }

    @Test
    void a_redirect_leads_nowhere() throws IOException {
        WitnessAnswer answer =
                ask(
                        Duration.ofSeconds(30),
                        exchange -> {
                            exchange.getResponseHeaders().set("location", "/elsewhere");
                            exchange.sendResponseHeaders(307, -1);
                            exchange.close();
                        });

        assertInstanceOf(WitnessAnswer.Refused.class, answer);
    }

    @Test
    void nobody_there_is_told() {
        server.stop(0);

        assertThrows(IOException.class, () -> ask(Duration.ofSeconds(30), _ -> {}));
    }
}
