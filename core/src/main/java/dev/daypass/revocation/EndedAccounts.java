package dev.daypass.revocation;

import dev.daypass.identity.AccountId;
import java.time.Instant;

/// The accounts that ended before their deadline, until that deadline. Grows by union only, so it
/// can be merged from several sources in any order. Exact, and small: 20 bytes an account and the
/// room between them. Thread-safe; looking never waits.
public final class EndedAccounts {
    private static final int SHARDS = 64;

    private final Shard[] shards = new Shard[SHARDS];

    public EndedAccounts() {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /// @param deadline after which no token of the account is valid anyway
    public void add(AccountId account, Instant deadline) {
        shard(account).add(account.high(), account.low(), seconds(deadline));
    }

    public boolean contains(AccountId account) {
        return shard(account).contains(account.high(), account.low());
    }

    /// Forgets the accounts whose deadline is past.
    public void forgetBefore(Instant now) {
        // A deadline is kept rounded up to a second; it is past where that whole second is.
        int past = seconds(now);
        for (Shard shard : shards) {
            shard.forgetBefore(past);
        }
    }

    public int size() {
        int size = 0;
        for (Shard shard : shards) {
            size += shard.size();
        }
        return size;
    }

    /// What the entries take, and the room between them.
    public long bytes() {
        long bytes = 0;
        for (Shard shard : shards) {
            bytes += shard.bytes();
        }
        return bytes;
    }

    private Shard shard(AccountId account) {
        // The last bits are random, whoever chose the time.
        return shards[(int) account.low() & SHARDS - 1];
    }

    /// Rounded up: forgotten late rather than early. Never 0, which marks a free place.
    private static int seconds(Instant time) {
        long up = time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
        return Math.clamp(up, 1, Integer.MAX_VALUE);
    }
}
