package dev.daypass.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The slow and obvious tree: the recursive definitions of RFC 9162, section 2.1, word by word.
final class BruteTree implements Nodes {
    private final List<TreeHash> leaves;

    BruteTree(List<TreeHash> leaves) {
        this.leaves = List.copyOf(leaves);
    }

    static BruteTree random(Random random, int sizeMax) {
        var leaves = new ArrayList<TreeHash>();
        for (int i = random.nextInt(sizeMax + 1); i > 0; i--) {
            byte[] entry = new byte[16 + random.nextInt(24)]; // never the same entry twice
            random.nextBytes(entry);
            leaves.add(TreeHash.leaf(entry));
        }
        return new BruteTree(leaves);
    }

    int size() {
        return leaves.size();
    }

    TreeHash leaf(int index) {
        return leaves.get(index);
    }

    Tree at(int size) {
        return new Tree(size, root(leaves.subList(0, size)));
    }

    static TreeHash root(List<TreeHash> some) {
        if (some.isEmpty()) {
            return TreeHash.EMPTY;
        }
        if (some.size() == 1) {
            return some.getFirst();
        }
        int k = split(some.size());
        return TreeHash.node(root(some.subList(0, k)), root(some.subList(k, some.size())));
    }

    static List<TreeHash> path(int m, List<TreeHash> some) {
        if (some.size() == 1) {
            return new ArrayList<>();
        }
        int k = split(some.size());
        List<TreeHash> left = some.subList(0, k);
        List<TreeHash> right = some.subList(k, some.size());
        List<TreeHash> out = m < k ? path(m, left) : path(m - k, right);
        out.add(root(m < k ? right : left));
        return out;
    }

    List<TreeHash> path(int m, int size) {
        return path(m, leaves.subList(0, size));
    }

    List<TreeHash> proof(int m, int size) {
        return subproof(m, leaves.subList(0, size), true);
    }

    private static List<TreeHash> subproof(int m, List<TreeHash> some, boolean known) {
        if (m == some.size()) {
            return known ? new ArrayList<>() : new ArrayList<>(List.of(root(some)));
        }
        int k = split(some.size());
        List<TreeHash> left = some.subList(0, k);
        List<TreeHash> right = some.subList(k, some.size());
        List<TreeHash> out = m <= k ? subproof(m, left, known) : subproof(m - k, right, false);
        out.add(root(m <= k ? right : left));
        return out;
    }

    private static int split(int size) {
        int k = 1;
        while (k * 2 < size) {
            k *= 2;
        }
        return k;
    }

    @Override
    public TreeHash node(int level, long index) {
        int from = (int) (index << level);
        return root(leaves.subList(from, from + (1 << level)));
    }
}
