package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A witness signs a checkpoint only if it follows from the one that it signed before.
class LedgerCosignTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_800_000_000);

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private final NoteSigner log = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
    private final NoteSigner witness = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);
    private final Map<String, TreeHash> nodes = new HashMap<>();
    private Run.Place place = new Run.Place(Path.of("."));

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private Tree seen = new Tree(0, TreeHash.EMPTY);

    @BeforeEach
    void aLogAndAWitness() throws IOException {
        Frontier frontier = Frontier.EMPTY;
        for (int i = 0; i < 9; i++) {
            frontier =
                    frontier.append(
                            0,
                            TreeHash.leaf(new byte[] {(byte) i}),
                            (level, index, hash) -> nodes.put(level + "/" + index, hash));
        }
        Files.writeString(home.resolve("ledger.pub"), log.key() + "\n");
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_DATA", home.toString())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/add-checkpoint",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    Said said = witnessed(body);
                    byte[] bytes = said.text().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(said.status(), bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        console.close();
    }

    private record Said(int status, String text) {}

    /// What a witness does (C2SP `tlog-witness`).
    private Said witnessed(String body) {
        String[] parts = body.split("\n\n", 2);
        List<String> lines = List.of(parts[0].split("\n", -1));
        long old = Long.parseLong(lines.getFirst().substring("old ".length()));
        SignedNote note = SignedNote.parse(parts[1].getBytes(StandardCharsets.UTF_8));
        Tree tree = Checkpoint.verified(note, log.key()).tree();
        if (old != seen.size()) {
            return new Said(409, seen.size() + "\n");
        }
        List<TreeHash> proof = lines.subList(1, lines.size()).stream().map(TreeHash::of).toList();
        if (old > 0 && !MerkleProof.consistent(seen, tree, proof)) {
            return new Said(422, "not consistent");
        }
        seen = tree;
        return new Said(200, witness.cosign(note, TIME).toString());
    }

    private SignedNote at(long size) {
        return log.sign(
                new Checkpoint(
                        "log.example/ledger",
                        new Tree(
                                size,
                                MerkleProof.root(
                                        size,
                                        (level, index) ->
                                                Objects.requireNonNull(
                                                        nodes.get(level + "/" + index))))));
    }

    private Run cosign() {
        return place.run(
                "ledger",
                "cosign",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "--witness-key",
                witness.key().toString(),
                "--keep",
                home.resolve("seen").toString());
    }

    private void serve(long before, long size) {
        List<String> proof =
                MerkleProof.consistency(
                                before,
                                size,
                                (level, index) ->
                                        Objects.requireNonNull(nodes.get(level + "/" + index)))
                        .stream()
                        .map(TreeHash::toString)
                        .toList();
        console.on(
                "GET /v1/ledger/consistency?from=" + before,
                200,
                Json.object()
                        .put("from", before)
                        .put("proof", Json.strings(proof))
                        .put("checkpoint", at(size).toString())
                        .build()
                        .text());
    }

    @Test
    void a_witness_that_saw_an_earlier_tree_is_shown_that_ours_begins_with_it() throws Exception {
        seen = Checkpoint.parse(at(5).text()).tree();
        serve(5, 9);
        console.on("GET /v1/ledger/checkpoint", 200, at(9).toString());

        Run run = cosign();

        assertEquals("cosigned: 9 facts, by witness.example at 2027-01-15T08:00:00Z\n", run.out());
        assertEquals(9, seen.size());
        assertEquals(1, Files.readAllLines(home.resolve("seen")).size());
        assertTrue(Files.readString(home.resolve("seen")).contains("witness.example"));
    }

    @Test
    void a_witness_that_saw_another_history_does_not_sign() {
        seen = new Tree(5, TreeHash.leaf(new byte[] {9, 9}));
        serve(5, 9);
        console.on("GET /v1/ledger/checkpoint", 200, at(9).toString());

        Run run = cosign();

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(
                "daypass: the witness does not sign: it is not shown that this ledger begins with what it signed before (422)\n",
                run.err());
    }

    @Test
    void a_signature_of_another_witness_is_refused() {
        console.on("GET /v1/ledger/checkpoint", 200, at(9).toString());
        var other = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);

        Run run =
                place.run(
                        "ledger",
                        "cosign",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--witness-key",
                        other.key().toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("signed with another key"), run.err());
    }

    @Test
    void a_key_that_is_no_witness_is_refused_before_anything_is_asked() {
        Run run =
                place.run(
                        "ledger",
                        "cosign",
                        "--url",
                        "http://127.0.0.1:1",
                        "--witness-key",
                        log.key().toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(List.of(), console.asked());
    }
}
