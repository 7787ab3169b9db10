package dev.daypass.store;

import org.jspecify.annotations.Nullable;

/// What seals the keys of accounts. Its own key never lies in the database.
public interface MasterKey {
    /// @param label what the key is bound to; [#open] needs the same
    byte[] seal(byte[] key, String label);

    /// @return `null` if it was sealed by another, under another label, or was changed
    byte @Nullable [] open(byte[] sealed, String label);

    /// A name for `text` that tells nothing of it to who has no key: the same text has the same.
    byte[] tag(String text);
}
