package dev.daypass.broker;

import dev.daypass.feed.LocalFeed;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Lets agents follow what happens to their accounts. Who comes with the number of what it heard
/// last misses nothing: what was recorded since is read from the store, and what happens meanwhile
/// is held until then. Thread-safe.
public final class AccountNews implements AutoCloseable {
    /// How many accounts one agent may follow at once.
    public static final int FOLLOWED_MAX = 64;

    /// More than an account can have: its opening, its tries to be widened, its end.
    private static final int CHANGES_MAX = 100;

    private final Store store;
    private final Map<AccountId, Set<Following>> byAccount = new ConcurrentHashMap<>();
    private final Map<Holder, Integer> byAgent = new HashMap<>();
    private volatile boolean closed;

    private AccountNews(Store store) {
        this.store = store;
    }

    static AccountNews of(Store store, LocalFeed feed) {
        var news = new AccountNews(store);
        feed.subscribe(news::hear);
        return news;
    }

    private record Holder(TenantId tenant, AgentId agent) {}

    /// Follows an account. Reads from the store.
    ///
    /// @param after only what has a greater sequence number
    /// @return `null` if its agent follows as many as it may
    public @Nullable Following follow(StoredAccount account, long after) {
        var holder = new Holder(account.tenant(), account.agent());
        if (closed || !take(holder)) {
            return null;
        }
        var following = new Following(after, it -> leave(account.id(), holder, it));
        byAccount.compute(
                account.id(),
                (_, there) -> {
                    Set<Following> set = there == null ? ConcurrentHashMap.newKeySet(1) : there;
                    set.add(following);
                    return set;
                });
        try {
            following.missed(missed(account.id(), after));
        } catch (RuntimeException e) {
            following.close();
            throw e;
        }
        return following;
    }

    private List<News> missed(AccountId account, long after) {
        return store.changes(account, after, CHANGES_MAX).stream()
                .map(stored -> News.of(stored.entry()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void hear(Recorded recorded) {
        AccountId account = recorded.account();
        Set<Following> there = account == null ? null : byAccount.get(account);
        News news = there == null ? null : News.of(recorded);
        if (news != null) {
            Objects.requireNonNull(there).forEach(following -> following.hear(news));
        }
    }

    private boolean take(Holder holder) {
        synchronized (byAgent) {
            int now = byAgent.getOrDefault(holder, 0);
            if (now >= FOLLOWED_MAX) {
                return false;
            }
            byAgent.put(holder, now + 1);
            return true;
        }
    }

    private void leave(AccountId account, Holder holder, Following following) {
        byAccount.computeIfPresent(
                account,
                (_, there) -> {
                    there.remove(following);
                    return there.isEmpty() ? null : there;
                });
        synchronized (byAgent) {
            byAgent.computeIfPresent(holder, (_, now) -> now == 1 ? null : now - 1);
        }
    }

    /// Who follows now.
    int followed() {
        return byAccount.values().stream().mapToInt(Set::size).sum();
    }

    /// Nobody follows any longer: the server stops.
    @Override
    public void close() {
        closed = true;
        byAccount.values().forEach(there -> there.forEach(Following::stop));
    }
}
