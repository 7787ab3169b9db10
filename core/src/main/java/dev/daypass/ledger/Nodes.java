package dev.daypass.ledger;

/// The perfect subtrees of a tree.
@FunctionalInterface
public interface Nodes {
    /// @param level 2^level leaves, all of which are there
    /// @param index how many of this level are left of it
    TreeHash node(int level, long index);
}
