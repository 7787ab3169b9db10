package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.check.Vectors;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The ledger's tree against the recursive definitions, and its proofs against every change.
class MerkleTest {
    private static final int SIZE_MAX = 70;

    @Test
    void a_tree_without_leaves_has_the_hash_of_nothing() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                Frontier.EMPTY.root().hex());
        assertEquals(TreeHash.EMPTY, MerkleProof.root(0, (_, _) -> TreeHash.EMPTY));
    }

    @Test
    void appending_gives_the_root_of_the_definition_at_every_size() {
        Check.forAll(random -> {
            BruteTree tree = BruteTree.random(random, SIZE_MAX);
            Frontier frontier = Frontier.EMPTY;
            for (int i = 0; i < tree.size(); i++) {
                assertEquals(tree.at(i).root(), frontier.root());
                frontier = Frontier.of(frontier.size(), frontier.bytes()).append(tree.leaf(i));
            }
            assertEquals(tree.at(tree.size()), new Tree(frontier.size(), frontier.root()));
            assertEquals(frontier.root(), MerkleProof.root(tree.size(), tree));
        });
    }

    @Test
    void appending_tells_every_perfect_subtree_once_and_a_subtree_can_be_appended_whole() {
        Check.forAll(
                100,
                random -> {
                    BruteTree tree = BruteTree.random(random, SIZE_MAX);
                    Map<String, TreeHash> told = new HashMap<>();
                    Frontier frontier = Frontier.EMPTY;
                    for (int i = 0; i < tree.size(); i++) {
                        frontier =
                                frontier.append(
                                        0,
                                        tree.leaf(i),
                                        (level, index, hash) -> {
                                            assertEquals(tree.node(level, index), hash);
                                            assertEquals(null, told.put(level + "/" + index, hash));
                                        });
                    }
                    Frontier whole = Frontier.EMPTY;
                    while (whole.size() < tree.size()) {
                        long left = tree.size() - whole.size();
                        int level = 63 - Long.numberOfLeadingZeros(left);
                        if (whole.size() > 0) {
                            level = Math.min(level, Long.numberOfTrailingZeros(whole.size()));
                        }
                        TreeHash hash = told.get(level + "/" + (whole.size() >> level));
                        whole =
                                whole.append(
                                        level,
                                        java.util.Objects.requireNonNull(hash),
                                        (_, _, _) -> {});
                    }
                    assertEquals(frontier, whole);
                });
    }

    @Test
    void a_subtree_is_not_appended_where_it_cannot_stand() {
        Frontier one = Frontier.EMPTY.append(TreeHash.EMPTY);

        assertThrows(
                IllegalArgumentException.class,
                () -> one.append(1, TreeHash.EMPTY, (_, _, _) -> {}));
        assertThrows(IllegalArgumentException.class, () -> new Frontier(3, one.roots()));
        assertThrows(IllegalArgumentException.class, () -> Frontier.of(1, new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> Frontier.of(-1, new byte[0]));
    }

    @Test
    void every_leaf_of_every_tree_is_proved_as_the_definition_says() {
        Check.forAll(
                60,
                random -> {
                    BruteTree tree = BruteTree.random(random, SIZE_MAX);
                    for (int size = 1; size <= tree.size(); size++) {
                        int index = random.nextInt(size);
                        List<TreeHash> proof = MerkleProof.inclusion(index, size, tree);

                        assertEquals(tree.path(index, size), proof);
                        assertTrue(
                                MerkleProof.included(
                                        tree.leaf(index), index, tree.at(size), proof));
                    }
                });
    }

    @Test
    void every_tree_is_proved_to_begin_with_every_smaller_one() {
        Check.forAll(
                20,
                random -> {
                    BruteTree tree = BruteTree.random(random, SIZE_MAX);
                    for (int before = 1; before <= tree.size(); before++) {
                        int size = random.nextInt(before, tree.size() + 1);
                        List<TreeHash> proof = MerkleProof.consistency(before, size, tree);

                        assertEquals(tree.proof(before, size), proof);
                        assertTrue(MerkleProof.consistent(tree.at(before), tree.at(size), proof));
                    }
                });
    }

    @Test
    void a_changed_inclusion_proof_is_refused() {
        Check.forAll(random -> {
            BruteTree tree = BruteTree.random(random, SIZE_MAX);
            if (tree.size() == 0) {
                return;
            }
            int size = random.nextInt(tree.size()) + 1;
            int index = random.nextInt(size);
            List<TreeHash> proof = tree.path(index, size);
            TreeHash leaf = tree.leaf(index);

            for (List<TreeHash> changed : changes(random, proof)) {
                assertFalse(MerkleProof.included(leaf, index, tree.at(size), changed));
            }
            for (int other = -1; other <= size + 1; other++) {
                assertEquals(
                        other == index, MerkleProof.included(leaf, other, tree.at(size), proof));
            }
            assertFalse(
                    MerkleProof.included(TreeHash.leaf(new byte[50]), index, tree.at(size), proof));
        });
    }

    @Test
    void a_changed_consistency_proof_is_refused() {
        Check.forAll(random -> {
            BruteTree tree = BruteTree.random(random, SIZE_MAX);
            if (tree.size() == 0) {
                return;
            }
            int size = random.nextInt(tree.size()) + 1;
            int before = random.nextInt(size) + 1;
            List<TreeHash> proof = tree.proof(before, size);
            var other = new Tree(before, TreeHash.leaf(new byte[50]));

            for (List<TreeHash> changed : changes(random, proof)) {
                assertFalse(MerkleProof.consistent(tree.at(before), tree.at(size), changed));
            }
            assertFalse(MerkleProof.consistent(other, tree.at(size), proof));
            assertFalse(
                    MerkleProof.consistent(tree.at(before), new Tree(size, other.root()), proof));
        });
    }

    private static List<List<TreeHash>> changes(Random random, List<TreeHash> proof) {
        var out = new ArrayList<List<TreeHash>>();
        for (int i = 0; i <= proof.size(); i++) {
            var longer = new ArrayList<>(proof);
            longer.add(i, TreeHash.leaf(Gen.bytes(random, 9)));
            out.add(longer);
        }
        for (int i = 0; i < proof.size(); i++) {
            var shorter = new ArrayList<>(proof);
            shorter.remove(i);
            out.add(shorter);
            var another = new ArrayList<>(proof);
            byte[] bytes = another.get(i).bytes();
            bytes[random.nextInt(TreeHash.BYTES)] ^= (byte) (1 << random.nextInt(8));
            another.set(i, TreeHash.of(bytes));
            out.add(another);
        }
        return out;
    }

    @Test
    void tiles_of_any_size_give_the_nodes_that_proofs_are_made_of() {
        Check.forAll(
                10,
                random -> {
                    BruteTree tree = BruteTree.random(random, 1_500);
                    Tiles tiles =
                            (level, number, width) -> {
                                assertTrue(width > 0);
                                var out = new ArrayList<TreeHash>();
                                for (long i = number * Tiles.WIDTH; out.size() < width; i++) {
                                    out.add(tree.node(level * Tiles.HEIGHT, i));
                                }
                                return out;
                            };
                    for (int i = 0; i < 5 && tree.size() > 0; i++) {
                        int size = random.nextInt(tree.size()) + 1;
                        int index = random.nextInt(size);
                        assertEquals(
                                tree.path(index, size),
                                MerkleProof.inclusion(index, size, tiles.nodes(size)));
                        assertEquals(
                                tree.proof(index + 1, size),
                                MerkleProof.consistency(index + 1, size, tiles.nodes(size)));
                    }
                });
    }

    @Test
    void proofs_of_the_vectors_are_accepted_or_refused() {
        for (Vectors.Vector vector : Vectors.of("ledger/merkle.json")) {
            JsonFields fields = vector.fields();
            var tree = new Tree(fields.longValue("size"), TreeHash.of(fields.string("root")));
            List<TreeHash> proof = fields.strings("proof").stream().map(TreeHash::of).toList();
            boolean accepted =
                    fields.string("kind").equals("inclusion")
                            ? MerkleProof.included(
                                    TreeHash.leaf(
                                            fields.string("entry")
                                                    .getBytes(StandardCharsets.UTF_8)),
                                    fields.longValue("index"),
                                    tree,
                                    proof)
                            : MerkleProof.consistent(
                                    new Tree(
                                            fields.longValue("before"),
                                            TreeHash.of(fields.string("before_root"))),
                                    tree,
                                    proof);

            assertEquals(fields.booleanOr("valid", true), accepted, vector.name());
        }
    }

    @Test
    void nothing_but_32_bytes_is_a_hash() {
        assertThrows(WireException.class, () -> TreeHash.of(new byte[31]));
        assertThrows(WireException.class, () -> TreeHash.of("YQ=="));
        assertThrows(WireException.class, () -> TreeHash.of(TreeHash.EMPTY.toString() + "\n"));
        assertThrows(
                IllegalArgumentException.class,
                () -> MerkleProof.inclusion(3, 3, (_, _) -> TreeHash.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> MerkleProof.consistency(4, 3, (_, _) -> TreeHash.EMPTY));
    }
}
