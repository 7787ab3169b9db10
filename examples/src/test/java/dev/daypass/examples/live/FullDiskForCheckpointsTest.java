package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.checkpoint.Checkpointer;
import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorClient;
import dev.daypass.ledger.FactProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server whose facts are in PostgreSQL and whose own disk takes nothing more: what it signs has
/// no place, so nothing is signed for anybody, health says so, and what was answered meanwhile is
/// there and proved as soon as there is space.
///
/// Mutations that make it fail: in `Checkpointer.now`, hand out the newest in spite of a failure;
/// in `Health.routes`, do not ask for a failure; in `KeyFiles`, leave the temporary file.
class FullDiskForCheckpointsTest {
    /// Less than any checkpoint.
    private static final String BYTES_MAX = "64";

    private final Path directory = Installation.temporary();
    private final Path data = directory.resolve("data");
    private final HttpClient http = HttpClient.newHttpClient();

    private EmbeddedPostgres postgres;
    private ServerProcess server;
    private OperatorClient operator;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        new DataDirectory(data).init(Installation.DOMAIN, Instant.now());
        server =
                ServerProcess.start(
                        data,
                        Map.of(
                                "DATABASE_URL",
                                "jdbc:postgresql://localhost:%d/postgres"
                                        .formatted(postgres.getPort()),
                                "DATABASE_USER",
                                "postgres"),
                        directory.resolve("log").toFile());
        operator =
                new OperatorClient(
                        URI.create("http://127.0.0.1:" + server.console()),
                        new DataDirectory(data).operatorToken());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        http.close();
        postgres.close();
        Installation.delete(directory);
    }

    private void add(String agent) {
        Installation.must(
                operator.send(
                        "POST",
                        "/v1/agents",
                        Json.object()
                                .put("name", agent)
                                .put("ceiling", Installation.ANYTHING)
                                .build()));
    }

    private HttpResponse<String> monitored(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:%d%s"
                                                    .formatted(server.health(), path)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Answer proof(long fact) {
        return operator.send("GET", "/v1/ledger/facts/%d/proof".formatted(fact), null);
    }

    private long facts() {
        return JsonFields.of(operator.send("GET", "/v1/ledger/verify", null).json())
                .longValue("facts");
    }

    private boolean nothingHalf() {
        try (Stream<Path> files = Files.list(data)) {
            return files.noneMatch(file -> file.toString().endsWith(".tmp"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void nothing_is_signed_while_it_cannot_be_kept_and_nothing_answered_is_lost() throws Exception {
        add("early");
        Await.until("a checkpoint is kept", () -> Files.exists(data.resolve(Checkpointer.FILE)));
        Await.until("it is ready", () -> monitored("/health/ready").statusCode() == 200);
        long before = facts();

        server.limitFiles(BYTES_MAX);
        add("meanwhile");
        Await.until("health says so", () -> monitored("/health/ready").statusCode() == 503);
        byte[] kept = Files.readAllBytes(data.resolve(Checkpointer.FILE));

        assertEquals(200, monitored("/health/live").statusCode());
        assertTrue(monitored("/metrics").body().contains("daypass_checkpoints_signed 0.0"));
        assertEquals(503, proof(before + 1).status());
        assertEquals(503, operator.send("GET", "/v1/ledger/checkpoint", null).status());
        assertArrayEquals(kept, Files.readAllBytes(data.resolve(Checkpointer.FILE)));
        Await.until("no part of it is left", this::nothingHalf);

        server.limitFiles("unlimited");
        Await.until("it recovers by itself", () -> monitored("/health/ready").statusCode() == 200);

        NoteKey key = NoteKey.parse(Files.readString(data.resolve(LogKey.PUBLIC_FILE)).strip());
        Answer proved = Installation.must(proof(before + 1));
        String entry = proved.text("entry").orElseThrow();
        FactProof.parse(proved.text("proof").orElseThrow().getBytes(StandardCharsets.UTF_8))
                .verified(entry.getBytes(StandardCharsets.UTF_8), key);
        assertTrue(monitored("/metrics").body().contains("daypass_checkpoints_signed 1.0"));
    }
}
