package dev.daypass.store;

import dev.daypass.ledger.Entry;
import dev.daypass.ledger.TreeHash;

/// A fact as it is kept.
///
/// @param entry the fact in its place, opened; where its key was destroyed it says so
/// @param kept the same as the tree commits to it: what is personal is sealed
/// @param leaf of the tree, as it was stored with it
public record StoredFact(Entry entry, Entry kept, TreeHash leaf) {}
