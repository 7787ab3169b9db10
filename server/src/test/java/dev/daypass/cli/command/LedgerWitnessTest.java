package dev.daypass.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.Nodes;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server's own ledger, held against what was seen of it earlier: in a file, in a folder, or at
/// an address.
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

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path put(Path folder, String checkpoint) throws IOException {
        Tree tree = Checkpoint.parse(SignedNote.parse(checkpoint.getBytes(UTF_8)).text()).tree();
        String name = "%018d-%s.checkpoint".formatted(tree.size(), tree.root().hex());
        return Files.writeString(folder.resolve(name), checkpoint);
    }

    @Test
    void a_folder_that_verifiers_share_keeps_each_checkpoint_in_a_file_of_its_own()
            throws Exception {
        Path folder = Files.createDirectory(home.resolve("seen"));
        Files.writeString(folder.resolve("README.md"), "checkpoints of our ledger");
        Nodes ledger = ledger("fact");
        serve(ledger);
        Path old = put(folder, checkpoint(ledger, 5));
        byte[] before = Files.readAllBytes(old);

        assertEquals(ExitCode.OK, verify(folder.toString()).code());
        assertEquals(ExitCode.OK, verify(folder + "/").code());

        assertEquals(3, names(folder).size(), names(folder).toString());
        assertTrue(names(folder).get(1).startsWith("000000000000000009-"));
        assertArrayEquals(before, Files.readAllBytes(old));

        serve(ledger("forged"));
        Run run = verify(folder.toString());
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(
                run.err().contains("its first 5 facts are not those that the witness folder"),
                run.err());
        assertTrue(run.err().contains("`000000000000000005-"), run.err());
        assertEquals(3, names(folder).size());
    }

    @Test
    void two_checkpoints_of_one_size_are_two_histories_and_both_are_named() throws Exception {
        Path folder = Files.createDirectory(home.resolve("seen"));
        serve(ledger("fact"));
        String one = put(folder, checkpoint(ledger("fact"), 5)).getFileName().toString();
        String other = put(folder, checkpoint(ledger("forged"), 5)).getFileName().toString();

        Run run = verify(folder.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("the log signed two histories"), run.err());
        assertTrue(run.err().contains(one) && run.err().contains(other), run.err());
        assertEquals(2, names(folder).size());
    }

    @Test
    void a_file_finds_two_histories_too() throws Exception {
        Path file = home.resolve("seen");
        serve(ledger("fact"));
        Files.writeString(
                file,
                Json.of(checkpoint(ledger("fact"), 5)).text()
                        + "\n"
                        + Json.of(checkpoint(ledger("forged"), 5)).text()
                        + "\n");

        assertTrue(verify(file.toString()).err().contains("line 1 and line 2 are both of 5"));
    }

    @Test
    void a_folder_that_is_not_there_or_holds_something_else_verifies_nothing() throws Exception {
        serve(ledger("fact"));
        Run missing = verify(home.resolve("unmounted") + "/");
        assertEquals(ExitCode.FAILED, missing.code());
        assertTrue(missing.err().contains("is not there; make it, or mount it"), missing.err());

        var foreign = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
        for (String bad :
                List.of(
                        "",
                        checkpoint(ledger("fact"), 5).substring(0, 60),
                        checkpoint(ledger("fact"), 6),
                        checkpoint(foreign, ledger("fact"), 5))) {
            Path folder = Files.createTempDirectory(home, "bad");
            Path file = put(folder, checkpoint(ledger("fact"), 5));
            Files.writeString(file, bad);

            Run run = verify(folder.toString());

            assertEquals(ExitCode.FAILED, run.code());
            assertTrue(run.err().contains("in the witness folder: "), run.err());
        }
    }

    @Test
    void verifiers_that_add_one_checkpoint_at_once_leave_one_file_and_nothing_else()
            throws Exception {
        Path folder = Files.createDirectory(home.resolve("seen"));
        SignedNote note = SignedNote.parse(checkpoint(ledger("fact"), FACTS).getBytes(UTF_8));
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 8; i++) {
            WitnessFolder one = WitnessFolder.read(folder, log.key());
            all.add(CompletableFuture.runAsync(() -> one.add(note)));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get(30, SECONDS);

        assertEquals(1, names(folder).size(), names(folder).toString());
        assertEquals(1, WitnessFolder.read(folder, log.key()).seen().size());
    }
}
