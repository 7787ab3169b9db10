package dev.daypass.ledger;

import java.util.ArrayList;
import java.util.List;

/// Inclusion and consistency proofs (RFC 9162, sections 2.1.3 and 2.1.4): made from the nodes of a
/// tree, verified from hashes alone.
public final class MerkleProof {
    /// More than any tree with fewer than 2^63 leaves needs.
    public static final int HASHES_MAX = 63;

    private MerkleProof() {}

    /// The path from a leaf to the root of the tree as it was at `size`.
    public static List<TreeHash> inclusion(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf %d is not in a tree of %d".formatted(index, size));
        }
        var out = new ArrayList<TreeHash>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                out.addFirst(root(middle, to, nodes));
                to = middle;
            } else {
                out.addFirst(root(from, middle, nodes));
                from = middle;
            }
        }
        return out;
    }

    /// That the tree at `size` begins with the tree at `before`.
    public static List<TreeHash> consistency(long before, long size, Nodes nodes) {
        if (before < 0 || before > size) {
            throw new IllegalArgumentException(
                    "a tree of %d does not begin with one of %d".formatted(size, before));
        }
        var out = new ArrayList<TreeHash>();
        if (before == 0 || before == size) {
            return out;
        }
        long from = 0;
        long to = size;
        boolean whole = true; // the old tree's root is known to who asks
        while (before != to) {
            long middle = from + split(to - from);
            if (before <= middle) {
                out.addFirst(root(middle, to, nodes));
                to = middle;
            } else {
                out.addFirst(root(from, middle, nodes));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            out.addFirst(root(from, to, nodes));
        }
        return out;
    }

    /// The root of the tree over the leaves before `size`.
    public static TreeHash root(long size, Nodes nodes) {
        return size == 0 ? TreeHash.EMPTY : root(0, size, nodes);
    }

    private static TreeHash root(long from, long to, Nodes nodes) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return nodes.node(level, from >>> level);
        }
        long middle = from + split(leaves);
        return TreeHash.node(root(from, middle, nodes), root(middle, to, nodes));
    }

    /// The largest power of two below `leaves`.
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    /// RFC 9162, section 2.1.3.2.
    public static boolean included(TreeHash leaf, long index, Tree tree, List<TreeHash> proof) {
        if (index < 0 || index >= tree.size()) {
            return false;
        }
        long at = index;
        long last = tree.size() - 1;
        TreeHash hash = leaf;
        for (TreeHash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = TreeHash.node(sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(tree.root());
    }

    /// RFC 9162, section 2.1.4.2. A tree without leaves proves nothing, and is refused.
    public static boolean consistent(Tree before, Tree after, List<TreeHash> proof) {
        if (before.size() <= 0 || before.size() > after.size()) {
            return false;
        }
        if (before.size() == after.size()) {
            return proof.isEmpty() && before.root().equals(after.root());
        }
        return !proof.isEmpty() && walked(before, after, proof);
    }

    private static boolean walked(Tree before, Tree after, List<TreeHash> proof) {
        long at = before.size() - 1;
        long last = after.size() - 1;
        int shifts = Long.numberOfTrailingZeros(~at);
        at >>>= shifts;
        last >>>= shifts;
        boolean power = Long.bitCount(before.size()) == 1;
        TreeHash old = power ? before.root() : proof.getFirst();
        TreeHash now = old;
        for (TreeHash sibling : proof.subList(power ? 0 : 1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                old = TreeHash.node(sibling, old);
                now = TreeHash.node(sibling, now);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                now = TreeHash.node(now, sibling);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && old.equals(before.root()) && now.equals(after.root());
    }
}
