package dev.daypass.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All that has to be known of a tree to append to it: its size, and the roots of the perfect
/// subtrees that it is made of, the largest first. One for each bit of the size that is set.
///
/// @param size how many leaves
/// @param roots of the perfect subtrees
public record Frontier(long size, List<TreeHash> roots) {
    public static final Frontier EMPTY = new Frontier(0, List.of());

    public Frontier {
        roots = List.copyOf(roots);
        if (size < 0 || roots.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of %d leaves has %d perfect subtrees, not %d"
                            .formatted(size, Long.bitCount(size), roots.size()));
        }
    }

    /// Told of each perfect subtree that an append completes; a leaf is one of level 0.
    @FunctionalInterface
    public interface Completed {
        /// @param level 2^level leaves
        /// @param index how many of this level are left of it
        void node(int level, long index, TreeHash hash);
    }

    public Frontier append(TreeHash leaf) {
        return append(0, leaf, (_, _, _) -> {});
    }

    /// @param level of the perfect subtree, whose place the size must be a multiple of
    public Frontier append(int level, TreeHash subtree, Completed completed) {
        long leaves = 1L << level;
        if (level > 62 || (size & (leaves - 1)) != 0 || size > Long.MAX_VALUE - leaves) {
            throw new IllegalArgumentException(
                    "no subtree of level %d begins at leaf %d".formatted(level, size));
        }
        var after = new ArrayList<TreeHash>(roots);
        TreeHash hash = subtree;
        int at = level;
        completed.node(at, size >>> at, hash);
        while (((size >>> at) & 1) == 1) {
            hash = TreeHash.node(after.removeLast(), hash);
            at++;
            completed.node(at, size >>> at, hash);
        }
        after.add(hash);
        return new Frontier(size + leaves, after);
    }

    /// The root of the whole tree.
    public TreeHash root() {
        if (roots.isEmpty()) {
            return TreeHash.EMPTY;
        }
        TreeHash hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            hash = TreeHash.node(roots.get(i), hash);
        }
        return hash;
    }

    /// The roots' bytes, one after the other.
    public byte[] bytes() {
        var out = new ByteArrayOutputStream(roots.size() * TreeHash.BYTES);
        roots.forEach(root -> out.writeBytes(root.bytes()));
        return out.toByteArray();
    }

    /// @throws IllegalArgumentException if these are not the roots of a tree of this size
    public static Frontier of(long size, byte[] bytes) {
        var roots = new ArrayList<TreeHash>();
        for (int at = 0; at + TreeHash.BYTES <= bytes.length; at += TreeHash.BYTES) {
            roots.add(TreeHash.of(Arrays.copyOfRange(bytes, at, at + TreeHash.BYTES)));
        }
        if (bytes.length % TreeHash.BYTES != 0) {
            throw new IllegalArgumentException("%d bytes are no hashes".formatted(bytes.length));
        }
        return new Frontier(size, roots);
    }
}
