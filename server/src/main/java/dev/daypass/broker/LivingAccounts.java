package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.LivingAccount;
import dev.daypass.store.Store;
import dev.daypass.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the accounts that each agent has, so that none has more than it may. A place is taken
/// before the account is recorded, and given back when its end is heard on the feed. Thread-safe.
final class LivingAccounts {
    private static final int PAGE = 1_000;
    private static final long TRY_AGAIN_NANOS = 10_000_000_000L;

    private final int livingMax;
    private final int waitingMax;
    private final Map<AccountId, Place> places = new HashMap<>();
    private final Map<Holder, Count> counts = new HashMap<>();

    /// @param livingMax of one agent, those that wait included
    /// @param waitingMax of one agent that wait for a human
    LivingAccounts(int livingMax, int waitingMax) {
        this.livingMax = livingMax;
        this.waitingMax = waitingMax;
    }

    private record Holder(TenantId tenant, AgentId agent) {}

    private record Place(Holder holder, boolean waits) {}

    private record Count(int living, int waiting) {
        static final Count NONE = new Count(0, 0);

        Count plus(int more, boolean waits) {
            return new Count(living + more, waiting + (waits ? more : 0));
        }
    }

    /// Takes the places of the accounts that live already, at the start.
    void load(Store store, TenantId tenant) {
        List<LivingAccount> page = store.livingBriefly(tenant, null, PAGE);
        while (!page.isEmpty()) {
            for (LivingAccount account : page) {
                take(account.id(), new Place(new Holder(tenant, account.agent()), account.waits()));
            }
            page = store.livingBriefly(tenant, page.getLast().id(), PAGE);
        }
    }

    /// Takes a place for an account.
    ///
    /// @param waits whether it waits for a human
    /// @return why there is none; `null` where it was taken
    synchronized @Nullable Refusal enter(Account account, boolean waits) {
        var holder = new Holder(account.tenant(), account.agent());
        Count count = counts.getOrDefault(holder, Count.NONE);
        if (count.living() >= livingMax) {
            return full(account.agent(), "has %d accounts".formatted(livingMax));
        }
        if (waits && count.waiting() >= waitingMax) {
            return full(
                    account.agent(), "has %d accounts that wait for a human".formatted(waitingMax));
        }
        take(account.id(), new Place(holder, waits));
        return null;
    }

    private static Refusal full(AgentId agent, String has) {
        return Refusal.tooMany(
                "agent `%s` %s, and may not have more".formatted(agent, has), TRY_AGAIN_NANOS);
    }

    private synchronized void take(AccountId id, Place place) {
        if (places.putIfAbsent(id, place) == null) {
            counts.merge(
                    place.holder(),
                    Count.NONE.plus(1, place.waits()),
                    (had, _) -> had.plus(1, place.waits()));
        }
    }

    /// Gives a place back, if it was taken.
    synchronized void leave(AccountId id) {
        Place place = places.remove(id);
        if (place != null) {
            counts.computeIfPresent(
                    place.holder(),
                    (_, had) -> {
                        Count left = had.plus(-1, place.waits());
                        return left.living() == 0 ? null : left;
                    });
        }
    }

    void hear(Recorded recorded) {
        AccountId account = recorded.account();
        if (account != null && recorded.fact() instanceof Fact.AccountEnded) {
            leave(account);
        } else if (account != null && recorded.fact() instanceof Fact.AccountOpened) {
            active(account);
        }
    }

    /// The same of what another server recorded. Two servers may each give the last place away at
    /// the same moment; an agent then has one more than it may.
    void hearElsewhere(Recorded recorded) {
        AccountId account = recorded.account();
        if (account != null) {
            switch (recorded.fact()) {
                case Fact.AccountOpened opened ->
                        take(account, recorded.tenant(), opened.account(), false);
                case Fact.ApprovalAsked asked ->
                        take(account, recorded.tenant(), asked.account(), true);
                default -> {}
            }
        }
    }

    private void take(AccountId id, TenantId tenant, Json.Obj account, boolean waits) {
        if (account.members().get("agent") instanceof Json.Str(var agent)) {
            take(id, new Place(new Holder(tenant, new AgentId(agent)), waits));
        }
    }

    private synchronized void active(AccountId id) {
        Place place = places.get(id);
        if (place != null && place.waits()) {
            leave(id);
            take(id, new Place(place.holder(), false));
        }
    }
}
