package dev.daypass.broker;

import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Ends accounts: one, or many in one command.
public final class Endings {
    private static final int END_ALL_AT_ONCE = 100;

    private final Store store;

    Endings(Store store) {
        this.store = store;
    }

    /// Ends an account and all below it. The stage completes when every edge has heard it; ending
    /// twice is not an error.
    ///
    /// @param only the agent that must hold it, or `null` for an operator
    public CompletionStage<Ending> end(
            TenantId tenant, AccountId id, EndReason reason, @Nullable AgentId only) {
        String by = only == null ? "operator" : "agent";
        return end(new Change.End(tenant, id, Change.End.Only.of(only), reason, by));
    }

    /// The same for an operator, who is named in the ledger.
    public CompletionStage<Ending> revoke(TenantId tenant, AccountId id, String operator) {
        return end(
                new Change.End(
                        tenant, id, Change.End.Only.ANY, EndReason.REVOKED, operator(operator)));
    }

    /// How facts name an operator.
    static String operator(String name) {
        return "operator:" + name;
    }

    private CompletionStage<Ending> end(Change.End change) {
        return store.commit(change)
                .handle((outcome, failure) -> {
                    if (failure != null) {
                        return new Ending(0, Broker.unavailable(failure));
                    }
                    return switch (outcome) {
                        case Outcome.Applied(var fact, var count) -> new Ending(count, null, fact);
                        case Outcome.NotApplied(var why) ->
                                new Ending(
                                        0,
                                        why.startsWith("no such")
                                                ? Refusal.of(
                                                        Refusal.Kind.NOT_FOUND,
                                                        "authenticate",
                                                        "no such account",
                                                        "")
                                                : null);
                    };
                });
    }

    /// Ends every living account: of one agent, or of all where `agent` is `null`.
    ///
    /// @param operator who wants it
    /// @return how many ended
    public long endAll(TenantId tenant, @Nullable AgentId agent, String operator) {
        long ended = 0;
        List<StoredAccount> page = store.living(tenant, null, END_ALL_AT_ONCE);
        while (!page.isEmpty()) {
            ended +=
                    endEach(
                            page.stream()
                                    .filter(stored -> agent == null || stored.agent().equals(agent))
                                    .map(StoredAccount::id)
                                    .toList(),
                            tenant,
                            operator);
            page = store.living(tenant, page.getLast().id(), END_ALL_AT_ONCE);
        }
        return ended;
    }

    private long endEach(List<AccountId> ids, TenantId tenant, String operator) {
        var all = new ArrayList<CompletableFuture<Ending>>();
        ids.forEach(id -> all.add(revoke(tenant, id, operator).toCompletableFuture()));
        long ended = 0;
        for (CompletableFuture<Ending> one : all) {
            Ending ending = one.join();
            if (ending.refused() != null && ending.refused().kind() == Refusal.Kind.UNAVAILABLE) {
                throw new StoreUnavailable(ending.refused().detail());
            }
            ended += ending.accounts();
        }
        return ended;
    }

    /// Ends the living accounts whose grant holds an operation of a service.
    ///
    /// @param operator who wants it
    /// @return how many ended
    public long endAllUsing(TenantId tenant, ServiceId service, String operator) {
        long ended = 0;
        AccountId after = null;
        List<StoredAccount> page = store.living(tenant, after, END_ALL_AT_ONCE);
        while (!page.isEmpty()) {
            ended +=
                    endEach(
                            page.stream()
                                    .filter(stored -> uses(stored, service))
                                    .map(StoredAccount::id)
                                    .toList(),
                            tenant,
                            operator);
            after = page.getLast().id();
            page = store.living(tenant, after, END_ALL_AT_ONCE);
        }
        return ended;
    }

    private static boolean uses(StoredAccount stored, ServiceId service) {
        return Broker.details(stored)
                .map(account -> account.grant().services().contains(service))
                .orElse(false);
    }
}
