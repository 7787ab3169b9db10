package dev.daypass.store;

import dev.daypass.ledger.Entry;

/// A fact as it is kept.
///
/// @param entry the fact in its place
/// @param link its link of the hash chain, base64url
public record StoredFact(Entry entry, String link) {}
