package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An export comes from anywhere: what is wrong with it is said in words, and nothing but what was
/// signed is right.
class ExportFileFuzzTest {
    private static final NoteSigner LOG = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
    private static final String GOOD = good();

    private static String good() {
        Map<String, TreeHash> nodes = new HashMap<>();
        Frontier frontier = Frontier.EMPTY;
        List<String> facts = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            var entry =
                    new Entry(
                            i,
                            Instant.ofEpochMilli(1_800_000_000_000L + i),
                            TenantId.DEFAULT,
                            null,
                            "RulesChanged",
                            Json.object().put("rules", i).build(),
                            null);
            TreeHash leaf = TreeHash.leaf(entry.canonical());
            frontier =
                    frontier.append(
                            0, leaf, (level, index, hash) -> nodes.put(level + "/" + index, hash));
            facts.add(
                    Json.object()
                            .put("seq", (long) i)
                            .put("time", entry.time().toEpochMilli())
                            .put("tenant", entry.tenant().value())
                            .put("type", entry.type())
                            .put("body", entry.body())
                            .put("leaf", leaf.toString())
                            .build()
                            .text());
        }
        var checkpoint = new Checkpoint("log.example/ledger", new Tree(5, frontier.root()));
        Nodes known =
                (level, index) -> {
                    TreeHash hash = nodes.get(level + "/" + index);
                    if (hash == null) {
                        throw new IllegalArgumentException("no node");
                    }
                    return hash;
                };
        ExportFile.Range range = ExportFile.Range.of(1, 5, LOG.sign(checkpoint), known);
        List<String> lines = new ArrayList<>(List.of(range.head().text()));
        lines.addAll(facts);
        lines.add(range.foot().text());
        return String.join("\n", lines);
    }

    private static String objection(String export) {
        var check = new ExportFile(LOG.key());
        for (String line : export.split("\n", -1)) {
            String objection = check.line(line);
            if (!objection.isEmpty()) {
                return objection;
            }
        }
        return check.end();
    }

    @FuzzTest
    void what_is_wrong_is_said_in_words(byte[] input) {
        String objection = objection(new String(input, StandardCharsets.UTF_8));
        assertTrue(objection.length() < 1_000, objection);
    }

    @Test
    void a_good_export_is_right() {
        assertEquals("", objection(GOOD));
    }

    /// Another space, or a number written otherwise, says the same. What counts is in the tree.
    @Test
    void a_damaged_export_is_never_of_other_facts() {
        Check.forAll(
                3_000,
                random -> {
                    String damaged =
                            new String(
                                    Gen.mutated(random, GOOD, "09-,:{}[]\"ae \n\u0000"),
                                    StandardCharsets.UTF_8);
                    var check = new ExportFile(LOG.key());
                    String objection = "";
                    for (String line : damaged.split("\n", -1)) {
                        objection = objection.isEmpty() ? check.line(line) : objection;
                    }
                    Checkpoint signed = check.checkpoint();
                    if (objection.isEmpty() && signed != null) {
                        assertEquals(5, signed.tree().size());
                    }
                });
    }
}
