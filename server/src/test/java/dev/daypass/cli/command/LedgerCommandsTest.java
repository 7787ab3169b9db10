package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.ExportFile;
import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.Nodes;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandsTest {
    private static final String NOT_AS_WRITTEN = "daypass: the ledger is not as it was written: ";
    private static final int FACTS = 9;

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private final NoteSigner log = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
    private final Map<String, TreeHash> nodes = new HashMap<>();
    private final List<String> facts = new ArrayList<>();
    private Run.Place place = new Run.Place(Path.of("."));
    private List<String> lines = new ArrayList<>();
    private TreeHash root = TreeHash.EMPTY;

    @BeforeEach
    void aLedger() {
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
        Frontier frontier = Frontier.EMPTY;
        for (int i = 1; i <= FACTS; i++) {
            Json.Obj body = Json.object().put("agent", "agent-" + i).put("text", "é\u009b").build();
            var entry =
                    new Entry(
                            i,
                            Run.NOW.plusSeconds(i),
                            TenantId.DEFAULT,
                            null,
                            "AgentAdded",
                            body,
                            i % 2 == 0 ? "c2VhbGVk" : null);
            TreeHash leaf = TreeHash.leaf(entry.canonical());
            frontier =
                    frontier.append(
                            0, leaf, (level, index, hash) -> nodes.put(level + "/" + index, hash));
            var members = new LinkedHashMap<>(entry.toJson().members());
            members.put("leaf", Json.of(leaf.toString()));
            facts.add(Json.obj(members).text());
        }
        root = frontier.root();
        lines = export(1, FACTS, FACTS);
    }

    private List<String> export(int from, int to, int size) {
        Nodes all = (level, index) -> Objects.requireNonNull(nodes.get(level + "/" + index));
        var checkpoint =
                new Checkpoint("log.example/ledger", new Tree(size, MerkleProof.root(size, all)));
        ExportFile.Range range = ExportFile.Range.of(from, to, log.sign(checkpoint), all);
        var out = new ArrayList<>(List.of(range.head().text()));
        out.addAll(facts.subList(from - 1, to));
        out.add(range.foot().text());
        return out;
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Run verify(String... more) throws IOException {
        Path export = Files.write(home.resolve("export.jsonl"), lines);
        var args =
                new ArrayList<>(
                        List.of(
                                "ledger",
                                "verify",
                                export.toString(),
                                "--key",
                                log.key().toString()));
        args.addAll(List.of(more));
        return place.run(args.toArray(String[]::new));
    }

    private void objected(String objection, String... more) throws IOException {
        Run run = verify(more);

        assertEquals(NOT_AS_WRITTEN + objection + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void a_whole_export_is_verified_without_a_server() throws Exception {
        Run run = verify();

        assertEquals("", run.err());
        assertEquals(
                "verified: 9 facts; the tree of 9 has the root %s%n".formatted(root), run.out());
        assertEquals(ExitCode.OK, run.code());
        assertEquals(List.of(), console.asked());
    }

    @Test
    void every_part_of_every_tree_is_verified_alone() throws Exception {
        for (int size = 1; size <= FACTS; size++) {
            for (int from = 1; from <= size; from++) {
                for (int to = from; to <= size; to++) {
                    lines = export(from, to, size);
                    var check = new ExportFile(log.key());
                    lines.forEach(line -> assertEquals("", check.line(line)));
                    assertEquals("", check.end());
                }
            }
        }
        lines = export(4, 6, 9);
        assertEquals(
                "verified: 3 facts; the tree of 9 has the root %s%n".formatted(root),
                verify().out());
    }

    @Test
    void a_changed_fact_is_found() throws Exception {
        lines.set(3, lines.get(3).replace("agent-3", "agent-9"));

        objected("fact 3 was changed: its leaf does not match");
    }

    @Test
    void a_changed_sealed_part_is_found() throws Exception {
        lines.set(4, lines.get(4).replace("c2VhbGVk", "c2VhbGVl"));

        objected("fact 4 was changed: its leaf does not match");
    }

    @Test
    void a_dropped_fact_is_found() throws Exception {
        lines.remove(4);

        objected("fact 4 is missing: the next one is 5");
    }

    @Test
    void facts_in_another_order_are_found() throws Exception {
        Collections.swap(lines, 2, 3);

        objected("fact 2 is missing: the next one is 3");
    }

    @Test
    void facts_cut_off_at_the_end_are_found() throws Exception {
        lines.remove(FACTS);

        objected("the export ends after fact 8; it should hold those up to 9");
    }

    @Test
    void a_file_that_was_cut_off_is_found() throws Exception {
        lines = lines.subList(0, 6);

        objected("the export ends after fact 5, before its checkpoint");
    }

    @Test
    void a_ledger_written_anew_under_another_key_is_found() throws Exception {
        var other = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
        Run run =
                place.run(
                        "ledger",
                        "verify",
                        Files.write(home.resolve("e"), lines).toString(),
                        "--key",
                        other.key().toString());

        assertTrue(run.err().contains("the checkpoint is not signed by"), run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void a_rewritten_fact_with_a_leaf_to_match_is_found_by_the_signature() throws Exception {
        lines.set(3, facts.get(4).replace("\"seq\":5", "\"seq\":3"));

        assertTrue(verify().err().contains("fact 3 was changed"));
    }

    @Test
    void a_witness_remembers_and_finds_a_rewritten_history() throws Exception {
        Path seen = home.resolve("seen");
        lines = export(1, 5, 5);
        assertEquals(ExitCode.OK, verify("--witness", seen.toString()).code());
        lines = export(1, 9, 9);
        assertEquals(ExitCode.OK, verify("--witness", seen.toString()).code());
        assertEquals(2, Files.readAllLines(seen).size());

        facts.clear();
        nodes.clear();
        rewrittenLedger();
        objected(
                "facts 1 to 5 are not those that the witness file knows of",
                "--witness",
                seen.toString());
    }

    private void rewrittenLedger() {
        Frontier frontier = Frontier.EMPTY;
        for (int i = 1; i <= FACTS; i++) {
            var entry =
                    new Entry(
                            i,
                            Run.NOW,
                            TenantId.DEFAULT,
                            null,
                            "AgentAdded",
                            Json.object().put("agent", i == 2 ? "forged" : "a").build());
            TreeHash leaf = TreeHash.leaf(entry.canonical());
            frontier =
                    frontier.append(
                            0, leaf, (level, index, hash) -> nodes.put(level + "/" + index, hash));
            var members = new LinkedHashMap<>(entry.toJson().members());
            members.put("leaf", Json.of(leaf.toString()));
            facts.add(Json.obj(members).text());
        }
        lines = export(1, FACTS, FACTS);
    }

    @Test
    void a_witness_finds_a_ledger_that_became_shorter() throws Exception {
        Path seen = home.resolve("seen");
        assertEquals(ExitCode.OK, verify("--witness", seen.toString()).code());
        lines = export(1, 5, 5);

        objected(
                "the checkpoint is of 5 facts, but the witness file knows of 9",
                "--witness",
                seen.toString());
    }

    @Test
    void without_a_key_nothing_is_verified() throws Exception {
        Path export = Files.write(home.resolve("export.jsonl"), lines);

        Run run = place.run("ledger", "verify", export.toString(), "--data", home.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("name it with --key"), run.err());
    }

    @Test
    void what_the_tree_does_not_cover_is_refused() throws Exception {
        lines.set(1, lines.get(1).replace("\"seq\":1", "\"seq\":1,\"approved\":true"));

        Run run = verify();

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("unknown member `approved`"), run.err());
    }

    @Test
    void a_line_that_is_no_fact_is_found() throws Exception {
        lines.set(5, "{}");

        objected("line 6 is not of an export: `leaf` is missing; expected a string");
    }

    @Test
    void a_verdict_as_json_names_the_objection() throws Exception {
        lines.remove(1);

        Run run = verify("-o", "json");

        assertEquals(ExitCode.FAILED, run.code());
        assertFalse(((Json.Bool) member(run, "verified")).value());
    }

    private static Json member(Run run, String name) {
        return Json.parse(run.out().strip()) instanceof Json.Obj(var members)
                ? members.getOrDefault(name, new Json.Null())
                : new Json.Null();
    }

    @Test
    void the_server_is_asked_for_its_own_verdict() {
        console.on(
                "GET /v1/ledger/verify",
                200,
                "{\"verified\":false,\"objection\":\"fact 7 was changed\",\"facts\":7,\"root\":\"abc\"}");

        Run run = place.run("ledger", "verify");

        assertEquals(NOT_AS_WRITTEN + "fact 7 was changed\n", run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    private String range(List<String> export) {
        return "{\"head\":%s,\"foot\":%s}".formatted(export.getFirst(), export.getLast());
    }

    @Test
    void an_export_is_read_in_pages_and_verifies() throws Exception {
        console.on("GET /v1/ledger/range?from=1&to=" + Long.MAX_VALUE, 200, range(lines))
                .on(
                        "GET /v1/ledger/facts?from=1&limit=9&as=kept",
                        200,
                        "[" + String.join(",", facts.subList(0, 3)) + "]")
                .on(
                        "GET /v1/ledger/facts?from=4&limit=6&as=kept",
                        200,
                        "[" + String.join(",", facts.subList(3, 9)) + "]");
        Path file = home.resolve("out.jsonl");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals("exported 9 facts\n", run.err());
        assertEquals(11, Files.readAllLines(file).size());
        assertEquals(
                ExitCode.OK,
                place.run("ledger", "verify", file.toString(), "--key", log.key().toString())
                        .code());
    }

    @Test
    void a_part_is_exported_by_its_first_and_last_fact() {
        List<String> part = export(2, 3, 9);
        console.on("GET /v1/ledger/range?from=2&to=3", 200, range(part))
                .on(
                        "GET /v1/ledger/facts?from=2&limit=2&as=kept",
                        200,
                        "[" + facts.get(1) + "," + facts.get(2) + "]");

        Run run = place.run("ledger", "export", "--from", "2", "--to", "3");

        assertEquals(4, run.out().lines().count());
        assertFalse(run.out().contains("\u009b"));
        assertEquals("exported 2 facts\n", run.err());
    }

    @Test
    void a_refused_export_leaves_the_file_as_it_was() throws Exception {
        Path file = Files.writeString(home.resolve("out.jsonl"), "before");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals("before", Files.readString(file));
        try (var left = Files.list(home)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void an_export_into_a_directory_that_is_not_there_asks_nothing() {
        Path file = home.resolve("no").resolve("export.jsonl");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals(
                "daypass: file `%s` cannot be written: there is no directory `%s`%n"
                        .formatted(file, file.getParent()),
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(List.of(), console.asked());
    }
}
