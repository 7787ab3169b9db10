package dev.daypass.ledger;

/// A tree as it was at one size.
///
/// @param size how many leaves
/// @param root its hash
public record Tree(long size, TreeHash root) {
    public Tree {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no %d leaves".formatted(size));
        }
    }
}
