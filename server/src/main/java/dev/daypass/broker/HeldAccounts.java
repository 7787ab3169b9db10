package dev.daypass.broker;

import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Accounts that live only while somebody renews their lease, such as the process whose work they
/// are for: they end soon after it is gone, however it went. Leases are kept in memory: a server
/// that starts gives each one whole lease from then on. Servers of one database tell each other
/// which leases were renewed; one that has heard nothing itself waits longer. Thread-safe.
public final class HeldAccounts {
    private static final int PAGE = 1_000;

    /// Longer than a server is silent while it does its work, so that its pauses count for nobody.
    private static final long STEP_NANOS_MAX = 500_000_000L;

    private static final long STEP_NANOS_MIN = 200_000_000L;
    private static final long HEARSAY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long TELL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int TOLD_AT_ONCE = 200;
    private static final String TOLD = "{\"held\":";

    private final Store store;
    private final LongSupplier nanoTime;
    private final Map<AccountId, Lease> leases = new ConcurrentHashMap<>();
    private long looked;
    private volatile long served;
    private long told;

    HeldAccounts(Store store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.looked = nanoTime.getAsLong();
    }

    /// @param nanos how long it is
    /// @param renewed when, on the clock of [#served]
    /// @param here whether its holder spoke to this server the last time
    private record Lease(TenantId tenant, AgentId agent, long nanos, long renewed, boolean here) {
        boolean lapsed(long now, boolean shared) {
            return now - renewed > nanos + (here || !shared ? 0 : HEARSAY_NANOS);
        }

        Lease renewedAt(long now, boolean byHolder) {
            return new Lease(tenant, agent, nanos, now, byHolder);
        }
    }

    /// Takes up those that live already, at the start.
    void load(TenantId tenant) {
        List<StoredAccount> page = store.leased(tenant, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(stored ->
                    Broker.opening(stored)
                            .map(fact -> fact.take("account"))
                            .ifPresent(account -> take(stored.id(), tenant, account)));
            page = store.leased(tenant, page.getLast().id(), PAGE);
        }
    }

    void hear(Recorded recorded) {
        AccountId account = recorded.account();
        if (account == null) {
            return;
        }
        switch (recorded.fact()) {
            case Fact.AccountOpened opened -> take(account, recorded.tenant(), opened.account());
            case Fact.ApprovalAsked asked -> take(account, recorded.tenant(), asked.account());
            case Fact.AccountEnded _ -> leases.remove(account);
            default -> {}
        }
    }

    private void take(AccountId id, TenantId tenant, Json account) {
        if (account instanceof Json.Obj(var members)
                && members.get("lease_seconds") instanceof Json.Num(var seconds)
                && members.get("agent") instanceof Json.Str(var agent)) {
            long nanos = Duration.ofSeconds(seconds.longValue()).toNanos();
            leases.put(id, new Lease(tenant, new AgentId(agent), nanos, served, false));
        }
    }

    /// Says that an account is still in use.
    ///
    /// @return how long its lease is; `null` where this agent has no living account of that id with
    ///   a lease
    public @Nullable Duration renew(TenantId tenant, AgentId agent, AccountId id) {
        Lease renewed =
                leases.computeIfPresent(
                        id,
                        (_, lease) ->
                                lease.tenant().equals(tenant) && lease.agent().equals(agent)
                                        ? lease.renewedAt(served, true)
                                        : lease);
        return renewed != null && renewed.tenant().equals(tenant) && renewed.agent().equals(agent)
                ? Duration.ofNanos(renewed.nanos())
                : null;
    }

    /// Ends those whose lease has lapsed; to be called many times a second.
    public synchronized void tick() {
        long now = nanoTime.getAsLong();
        if (now - looked < STEP_NANOS_MIN) {
            return;
        }
        served += Math.min(Math.max(0, now - looked), STEP_NANOS_MAX);
        looked = now;
        boolean shared = store.shared();
        leases.forEach((id, lease) -> {
            if (lease.lapsed(served, shared)) {
                end(id, lease);
            }
        });
        if (shared && now - told >= TELL_NANOS) {
            told = now;
            tell();
        }
    }

    private void end(AccountId id, Lease lease) {
        // Not asked for again before another lease is over; the fact of its end takes it away.
        leases.replace(id, lease, lease.renewedAt(served, lease.here()));
        store.commit(
                        new Change.End(
                                lease.tenant(),
                                id,
                                Change.End.Only.ANY,
                                EndReason.LAPSED,
                                "daypass"))
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.NotApplied) {
                        leases.remove(id); // it had ended before it was taken up
                    }
                });
    }

    private void tell() {
        var ids = new ArrayList<String>();
        leases.forEach((id, lease) -> {
            if (lease.here() && served - lease.renewed() < 2 * TELL_NANOS) {
                ids.add(id.value());
            }
        });
        for (int from = 0; from < ids.size(); from += TOLD_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + TOLD_AT_ONCE));
            store.say(Json.object().put("held", Json.strings(some)).build().text());
        }
    }

    /// What another server says: which leases it heard renewed.
    ///
    /// @return whether it was about leases
    public boolean said(String message) {
        if (!message.startsWith(TOLD)) {
            return false;
        }
        try {
            if (Json.parse(message) instanceof Json.Obj(var members)
                    && members.get("held") instanceof Json.Arr(var ids)) {
                ids.forEach(this::heldElsewhere);
            }
        } catch (WireException _) {
            // it may be lost as well
        }
        return true;
    }

    private void heldElsewhere(Json id) {
        if (id instanceof Json.Str(var text) && AccountId.valid(text)) {
            leases.computeIfPresent(
                    new AccountId(text), (_, lease) -> lease.renewedAt(served, false));
        }
    }
}
