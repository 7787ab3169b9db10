package dev.daypass.store.sql;

import dev.daypass.ledger.Tiles;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.store.LedgerTree;
import dev.daypass.store.StoreUnavailable;
import java.util.List;
import java.util.function.Supplier;

/// The ledger's tree: leaves are in the rows of their facts, roots of full tiles in a table of
/// their own.
final class SqlTree implements LedgerTree {
    private final Supplier<Tree> tree;
    private final Reader reader;

    /// Runs what reads.
    @FunctionalInterface
    interface Reader {
        List<TreeHash> read(Reads.Reading<List<TreeHash>> reading);
    }

    SqlTree(Supplier<Tree> tree, Reader reader) {
        this.tree = tree;
        this.reader = reader;
    }

    @Override
    public Tree tree() {
        return tree.get();
    }

    @Override
    public List<TreeHash> tile(int level, long number, int width) {
        String sql =
                level == 0
                        ? "SELECT leaf FROM facts WHERE seq > ? AND seq <= ? ORDER BY seq"
                        : "SELECT hash FROM tree WHERE number >= ? AND number < ? AND level = ? ORDER BY number";
        long from = number * Tiles.WIDTH;
        Object[] arguments =
                level == 0
                        ? new Object[] {from, from + width}
                        : new Object[] {from, from + width, level};
        List<TreeHash> hashes =
                reader.read(rows -> rows.rows(sql, row -> TreeHash.of(row.getBytes(1)), arguments));
        if (hashes.size() != width) {
            throw new StoreUnavailable(
                    "the ledger's tree has %d of %d hashes of tile %d of level %d"
                            .formatted(hashes.size(), width, number, level));
        }
        return hashes;
    }
}
