package dev.daypass.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A tree as tiles of 256 hashes (C2SP `tlog-tiles`): those of level 0 are leaves, one of level L
/// is the root of a full tile of level L-1.
public interface Tiles {
    /// Levels of the tree in a tile.
    int HEIGHT = 8;

    /// Hashes of a full tile.
    int WIDTH = 1 << HEIGHT;

    /// The first `width` hashes of a tile.
    List<TreeHash> tile(int level, long number, int width);

    /// How many hashes a tile of a tree has: 0 for none.
    static int width(int level, long number, long size) {
        long hashes = level * HEIGHT >= Long.SIZE - 1 ? 0 : size >>> (level * HEIGHT);
        return Math.clamp(hashes - number * WIDTH, 0, WIDTH);
    }

    /// The nodes of a tree of this size. Each tile is read once.
    default Nodes nodes(long size) {
        Map<Long, List<TreeHash>> read = new HashMap<>();
        return (level, index) -> {
            int of = level / HEIGHT;
            int within = level % HEIGHT;
            long first = index << within;
            List<TreeHash> tile =
                    read.computeIfAbsent(
                            ((long) of << 56) | (first / WIDTH),
                            _ -> tile(of, first / WIDTH, width(of, first / WIDTH, size)));
            int at = (int) (first % WIDTH);
            return perfect(tile.subList(at, at + (1 << within)));
        };
    }

    private static TreeHash perfect(List<TreeHash> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int half = hashes.size() / 2;
        return TreeHash.node(
                perfect(hashes.subList(0, half)), perfect(hashes.subList(half, hashes.size())));
    }
}
