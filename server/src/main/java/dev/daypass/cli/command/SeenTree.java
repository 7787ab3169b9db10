package dev.daypass.cli.command;

import dev.daypass.ledger.Tree;
import java.util.HashMap;
import java.util.List;

/// A tree that a checkpoint seen earlier is of.
///
/// @param tree its size and root
/// @param where the checkpoint is kept, as messages name it
record SeenTree(Tree tree, String where) {
    /// Which two of these cannot be of one ledger: of one size, with two roots. Two sizes are held
    /// against the ledger itself.
    ///
    /// @return in words; empty where there are none
    static String contradiction(List<SeenTree> all) {
        var first = new HashMap<Long, SeenTree>();
        for (SeenTree one : all) {
            SeenTree other = first.putIfAbsent(one.tree.size(), one);
            if (other != null && !other.tree.equals(one.tree)) {
                return "the log signed two histories: %s and %s are both of %d facts, with different roots"
                        .formatted(other.where, one.where, one.tree.size());
            }
        }
        return "";
    }
}
