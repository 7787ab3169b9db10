package dev.daypass.broker;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Makes what is personal in the ledger unreadable for ever: the keys of accounts are destroyed.
/// Every proof still verifies.
public final class Shredding {
    private static final int AT_ONCE = 500;

    private final Store store;
    private final Duration keep;

    /// @param keep how long what is personal stays readable after an account opened
    Shredding(Store store, Duration keep) {
        this.store = store;
        this.keep = keep;
    }

    /// What came of it.
    ///
    /// @param accounts that had anything to destroy
    /// @param living that were left alone: they need what is in their facts
    public record Shredded(long accounts, long living) {}

    /// Of one account.
    public Shredded account(TenantId tenant, AccountId id, String operator) {
        return shred(tenant, List.of(id), operator);
    }

    /// Of all accounts that acted for a user.
    public Shredded user(TenantId tenant, UserId user, String operator) {
        long accounts = 0;
        List<AccountId> all = store.accountsOf(user);
        Shredded last = new Shredded(0, 0);
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            List<AccountId> some = all.subList(at, Math.min(at + AT_ONCE, all.size()));
            last = shred(tenant, some, operator);
            accounts += last.accounts();
        }
        return new Shredded(accounts, store.accountsOf(user).size());
    }

    private Shredded shred(TenantId tenant, List<AccountId> ids, String operator) {
        List<AccountId> dead = ids.stream().filter(id -> ended(tenant, id)).toList();
        var fact = new Fact.Shredded(dead, "asked", Endings.operator(operator));
        long shredded = store.shred(new Change.Shred(tenant, fact));
        return new Shredded(shredded, ids.size() - dead.size());
    }

    private boolean ended(TenantId tenant, AccountId id) {
        return store.account(id)
                .map(account ->
                        account.tenant().equals(tenant) && account.state().word().equals("ended"))
                .orElse(true);
    }

    /// Destroys the keys whose time is up, some at a time.
    void sweep(Instant now) {
        List<AccountId> old = store.readableBefore(now.minus(keep), AT_ONCE);
        if (!old.isEmpty()) {
            var fact = new Fact.Shredded(old, "retention", "daypass");
            store.shred(new Change.Shred(TenantId.DEFAULT, fact));
        }
    }
}
