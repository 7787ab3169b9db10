package dev.daypass.store;

import dev.daypass.ledger.Tiles;
import dev.daypass.ledger.Tree;

/// The tree over the facts that are durable.
public interface LedgerTree extends Tiles {
    /// As of the last commit. Reads nothing.
    Tree tree();
}
