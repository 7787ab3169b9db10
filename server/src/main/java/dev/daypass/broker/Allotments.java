package dev.daypass.broker;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which edge has how many calls of an account's budget set aside. An account whose budget is spent
/// ends when the last of them is made, and not while another edge may still be making one: that
/// call would be cut. Where it is not known who has what, the account ends at its deadline; no call
/// of it is let through any more.
///
/// Thread-safe.
public final class Allotments {
    /// The edge in this process.
    static final String HERE = "";

    private final Store store;
    private final boolean strangers;
    private final Set<AccountId> openedSince = ConcurrentHashMap.newKeySet();
    private final Map<AccountId, Allotted> accounts = new ConcurrentHashMap<>();

    private static final class Allotted {
        private final boolean whole;
        private final Map<String, Long> given = new HashMap<>();
        private final Set<String> settled = new HashSet<>();
        private long total;
        private int asking;

        Allotted(boolean whole) {
            this.whole = whole;
        }

        private synchronized void heard(long calls) {
            total += calls;
        }

        private synchronized void asking() {
            asking++;
        }

        private synchronized void had(String edge, long calls) {
            asking--;
            if (calls != 0) {
                given.merge(edge, calls, Long::sum);
                settled.remove(edge);
            }
        }

        /// Whether with this edge's last call the last of all was made.
        private synchronized boolean settles(String edge, long had) {
            if (given.getOrDefault(edge, 0L) == had) {
                settled.add(edge);
            }
            long known = given.values().stream().mapToLong(Long::longValue).sum();
            return whole && asking == 0 && known == total && settled.containsAll(given.keySet());
        }
    }

    /// @param store facts and state; edges that are its members now may have calls from before
    Allotments(Store store) {
        this.store = store;
        this.strangers = !store.members().isEmpty();
    }

    /// Every fact, on the writer's thread, before whoever committed it is told.
    void hear(Recorded recorded) {
        AccountId account = recorded.account();
        if (account == null) {
            return;
        }
        switch (recorded.fact()) {
            case Fact.AccountOpened _ -> {
                if (strangers) {
                    openedSince.add(account);
                }
            }
            case Fact.CallsReserved(var calls) -> of(account).heard(calls);
            case Fact.AccountEnded _ -> {
                accounts.remove(account);
                openedSince.remove(account);
            }
            default -> {}
        }
    }

    private Allotted of(AccountId account) {
        return accounts.computeIfAbsent(account, _ -> new Allotted(whole(account)));
    }

    /// Whether all that was ever set aside for it was heard of here.
    private boolean whole(AccountId account) {
        return !strangers || openedSince.contains(account);
    }

    /// Sets calls aside for an edge; negative gives back.
    ///
    /// @param edge its name
    /// @return how many were had
    public CompletionStage<Long> reserve(
            String edge, TenantId tenant, AccountId account, long calls) {
        Allotted allotted = of(account);
        allotted.asking();
        return store.commit(new Change.Reserve(tenant, account, calls))
                .handle((outcome, failure) -> {
                    long had = outcome instanceof Outcome.Applied(var _, var amount) ? amount : 0;
                    allotted.had(edge, had);
                    if (failure != null) {
                        throw new java.util.concurrent.CompletionException(failure);
                    }
                    forgetEnded(account, outcome);
                    return had;
                });
    }

    /// What was asked for an account that is over leaves nothing behind.
    private void forgetEnded(AccountId account, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.NotApplied) {
            accounts.computeIfPresent(
                    account, (_, allotted) -> allotted.given.isEmpty() ? null : allotted);
        }
    }

    /// An edge has made the last call that it had set aside.
    ///
    /// @param edge its name
    /// @param had how many it has had in all
    public void spent(String edge, TenantId tenant, AccountId account, long had) {
        Allotted allotted = accounts.get(account);
        // Where nobody has any, its parent or its children have them all.
        boolean over = allotted == null ? had == 0 && whole(account) : allotted.settles(edge, had);
        if (!over) {
            return;
        }
        var only = new Change.End.Only(null, AccountState.ACTIVE, true);
        store.commit(new Change.End(tenant, account, only, EndReason.SPENT, "daypass"));
    }
}
