package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.Nodes;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server's own ledger, held against what was seen of it earlier: in a file, or at an address.
class LedgerWitnessTest {
    private static final int FACTS = 9;

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private final NoteSigner log = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);

    @AfterEach
    void close() {
        console.close();
    }

    private static Nodes ledger(String salt) {
        Map<String, TreeHash> nodes = new HashMap<>();
        Frontier frontier = Frontier.EMPTY;
        for (int i = 0; i < FACTS; i++) {
            byte[] fact = (salt + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            frontier =
                    frontier.append(
                            0,
                            TreeHash.leaf(fact),
                            (level, index, hash) -> nodes.put(level + "/" + index, hash));
        }
        return (level, index) -> Objects.requireNonNull(nodes.get(level + "/" + index));
    }

    private String checkpoint(Nodes of, long size) {
        return checkpoint(log, of, size);
    }

    private static String checkpoint(NoteSigner by, Nodes of, long size) {
        var tree = new Tree(size, MerkleProof.root(size, of));
        return by.sign(new Checkpoint("log.example/ledger", tree)).toString();
    }

    /// A server with this ledger, which finds nothing wrong with itself.
    private void serve(Nodes ledger) {
        console.on(
                "GET /v1/ledger/verify", 200, "{\"verified\":true,\"facts\":9,\"root\":\"abc\"}");
        console.on("GET /v1/ledger/checkpoint", 200, checkpoint(ledger, FACTS));
        for (long from = 1; from <= FACTS; from++) {
            var proof =
                    MerkleProof.consistency(from, FACTS, ledger).stream()
                            .map(TreeHash::toString)
                            .toList();
            console.on(
                    "GET /v1/ledger/consistency?from=" + from,
                    200,
                    Json.object()
                            .put("from", from)
                            .put("proof", Json.strings(proof))
                            .put("checkpoint", checkpoint(ledger, FACTS))
                            .build()
                            .text());
        }
    }

    private Run verify(String witness) {
        return new Run.Place(home)
                .with("DAYPASS_CONSOLE", console.url())
                .with("DAYPASS_OPERATOR_TOKEN", "dpo_test")
                .run("ledger", "verify", "--key", log.key().toString(), "--witness", witness);
    }

    private String at(int status, String body) {
        console.on("GET /witness", status, body);
        return console.url() + "/witness";
    }

    @Test
    void a_ledger_that_has_only_grown_agrees_with_what_an_address_serves() {
        Nodes ledger = ledger("fact");
        serve(ledger);
        for (long size : new long[] {1, 5, FACTS}) {
            Run run = verify(at(200, checkpoint(ledger, size)));
            assertEquals(ExitCode.OK, run.code(), run.err());
        }
    }

    @Test
    void a_ledger_that_was_written_anew_is_found() {
        serve(ledger("forged"));

        Run run = verify(at(200, checkpoint(ledger("fact"), 5)));
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(
                run.err().contains("its first 5 facts are not those that the witness at"),
                run.err());
    }

    @Test
    void a_ledger_that_became_shorter_is_found() {
        serve(ledger("fact"));
        console.on("GET /v1/ledger/consistency?from=5", 404, "{}");

        assertEquals(ExitCode.FAILED, verify(at(200, checkpoint(ledger("fact"), 5))).code());
    }

    @Test
    void a_file_remembers_the_checkpoints_of_a_server_too() throws Exception {
        Path seen = home.resolve("seen");
        serve(ledger("fact"));
        assertEquals(ExitCode.OK, verify(seen.toString()).code());
        assertEquals(ExitCode.OK, verify(seen.toString()).code());
        assertEquals(1, Files.readAllLines(seen).size());

        serve(ledger("forged"));
        assertEquals(ExitCode.FAILED, verify(seen.toString()).code());
        assertEquals(1, Files.readAllLines(seen).size());
    }

    @Test
    void an_address_that_serves_no_checkpoint_of_this_log_verifies_nothing() {
        serve(ledger("fact"));
        var other = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);

        assertTrue(verify(at(404, "")).err().contains("answered 404"));
        assertTrue(verify(at(200, "hello")).err().contains("serves no checkpoint of this log"));
        Run foreign = verify(at(200, checkpoint(other, ledger("fact"), 5)));
        assertEquals(ExitCode.FAILED, foreign.code());
        assertTrue(foreign.err().contains("serves no checkpoint"), foreign.err());
        assertTrue(verify("http://127.0.0.1:1/").err().contains("does not answer"));
    }
}
