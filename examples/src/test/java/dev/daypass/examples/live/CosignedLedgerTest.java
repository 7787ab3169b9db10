package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.FactProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A witness in a process of its own, which shares no code with the server, signs what the server
/// signed, and no second history.
///
/// Mutations that make it fail: in `Server.sign`, do not ask; in `LedgerProofs`, serve what is
/// newest; in `WitnessAnswer`, do not look at the key.
class CosignedLedgerTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));

    private final Path desk = Installation.temporary();
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private NodeServer witness;

    @SuppressWarnings("NullAway.Init")
    private NoteKey key;

    @BeforeEach
    void aWitness() {
        witness =
                NodeServer.start(
                        BASE.resolve("src/test/node-witness").toAbsolutePath(),
                        "witness.mjs",
                        desk.resolve("seen").toString());
        key = NoteKey.parse(get(witness.url() + "/key").body());
    }

    @AfterEach
    void close() {
        witness.close();
        http.close();
        Installation.delete(desk);
    }

    private HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> settings() {
        return Map.of("LEDGER_WITNESSES", witness.url() + "/w " + key);
    }

    private void introduce(Installation here) throws IOException {
        String log = Files.readString(here.data().resolve(LogKey.PUBLIC_FILE));
        send(
                HttpRequest.newBuilder(URI.create(witness.url() + "/log"))
                        .PUT(HttpRequest.BodyPublishers.ofString(log))
                        .build());
    }

    private static SignedNote served(Installation here) {
        return SignedNote.parse(
                here.operator().send("GET", "/v1/ledger/checkpoint", null).body().bytes());
    }

    private boolean cosigned(SignedNote note) {
        return !note.signedBy(key).isEmpty();
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).tree().size();
    }

    private HttpResponse<String> health(Installation here) {
        return get("http://127.0.0.1:%d/health/ready".formatted(here.server().ports().health()));
    }

    @Test
    void what_is_served_and_proved_carries_its_signature_once_it_knows_the_log()
            throws IOException {
        try (Installation here = Installation.start(settings(), Clock.systemUTC());
                Upstream _ = Lab.in(here, "lab")) {
            Agent agent = here.agent("holder");
            Agent.Opened early = agent.open(Lab.ALL);
            Await.until(
                    "it is told that the witness does not sign",
                    () -> health(here).body().contains("witness.example/node"));
            assertEquals(200, health(here).statusCode(), "the ledger goes on");
            assertTrue(here.metrics().contains("daypass_witnesses_failing 1.0"));
            assertFalse(cosigned(served(here)));

            introduce(here);
            Await.until("it signs", () -> cosigned(served(here)));
            Await.until("that is told", () -> !health(here).body().contains("witness"));
            assertTrue(here.metrics().contains("daypass_witnesses_failing 0.0"));

            agent.open(Lab.ALL);
            long facts = size(served(here));
            agent.open(Lab.ALL);
            Await.until(
                    "it signs what came after",
                    () -> cosigned(served(here)) && size(served(here)) > facts);
            assertTrue(cosigned(proof(agent, opening(agent, early)).checkpoint()));
        }
    }

    private static long opening(Agent agent, Agent.Opened account) {
        for (long fact = 1; ; fact++) {
            Answer answer = agent.send("GET", "/v1/ledger/facts/%d/proof".formatted(fact));
            if (answer.bodyText().contains(account.id())) {
                return fact;
            }
        }
    }

    private static FactProof proof(Agent agent, long fact) {
        Answer answer = agent.send("GET", "/v1/ledger/facts/%d/proof".formatted(fact));
        return FactProof.parse(answer.text("proof").orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void of_two_histories_that_go_on_from_one_it_signs_one() throws IOException {
        try (Installation here = Installation.start(settings(), Clock.systemUTC())) {
            introduce(here);
            here.agent("first");
            Await.until("it signs", () -> cosigned(served(here)));
            // A copy of the data directory, database and key included, that went on elsewhere.
            try (Installation other = here.beside(settings())) {
                grow(other, 4);
                Await.until("it signs what it sees first", () -> seen(other));
                grow(here, 8);
                Await.until(
                        "the other is told of",
                        () -> health(here).body().contains("witness.example/node"));

                Await.until("it is not signed", () -> !cosigned(served(here)));
                assertTrue(size(served(here)) > size(served(other)));
                assertEquals(200, health(here).statusCode());
                long before = size(served(other));
                grow(other, 1);
                Await.until(
                        "what it signed goes on",
                        () -> seen(other) && size(served(other)) > before);
                assertFalse(cosigned(served(here)));
            }
        }
    }

    private static void grow(Installation which, int facts) {
        for (int i = 0; i < facts; i++) {
            which.added("agent" + which.port() + "-" + size(served(which)));
        }
    }

    /// The witness has signed all that the server serves.
    private boolean seen(Installation here) {
        Json seen = Json.parse(get(witness.url() + "/seen").body());
        SignedNote served = served(here);
        return cosigned(served) && JsonFields.of(seen).longValue("size") == size(served);
    }
}
