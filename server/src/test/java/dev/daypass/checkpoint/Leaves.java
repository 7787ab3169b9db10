package dev.daypass.checkpoint;

import dev.daypass.ledger.Frontier;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.store.LedgerTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A ledger of leaves that a test adds.
final class Leaves implements LedgerTree {
    private final List<TreeHash> all = new ArrayList<>();

    void add(int count, String word) {
        for (int i = 0; i < count; i++) {
            all.add(TreeHash.leaf((word + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    void removeLast() {
        all.removeLast();
    }

    void clear() {
        all.clear();
    }

    @Override
    public Tree tree() {
        Frontier frontier = Frontier.EMPTY;
        for (TreeHash leaf : all) {
            frontier = frontier.append(leaf);
        }
        return new Tree(frontier.size(), frontier.root());
    }

    @Override
    public List<TreeHash> tile(int level, long number, int width) {
        return all.subList((int) number * WIDTH, (int) number * WIDTH + width);
    }
}
