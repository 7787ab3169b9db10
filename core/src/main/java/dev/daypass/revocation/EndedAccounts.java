package dev.daypass.revocation;

import dev.daypass.identity.AccountId;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/// The accounts that ended before their deadline, until that deadline. Grows by union only, so it
/// can be merged from several sources in any order. Thread-safe.
public final class EndedAccounts {
    private final ConcurrentHashMap<AccountId, Instant> deadlines = new ConcurrentHashMap<>();

    /// @param deadline after which no token of the account is valid anyway
    public void add(AccountId account, Instant deadline) {
        deadlines.merge(account, deadline, (a, b) -> a.isAfter(b) ? a : b);
    }

    public boolean contains(AccountId account) {
        return deadlines.containsKey(account);
    }

    /// Forgets the accounts whose deadline is past.
    public void forgetBefore(Instant now) {
        deadlines.values().removeIf(deadline -> deadline.isBefore(now));
    }

    public int size() {
        return deadlines.size();
    }
}
