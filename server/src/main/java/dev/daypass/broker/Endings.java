package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Ends accounts: one with all below it, or many in one command. What is answered is true on every
/// edge.
public final class Endings {
    private static final int PAGE = 1_000;

    /// So many accounts are named in one durable change.
    private static final int AT_ONCE = 10_000;

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Store store;
    private final Fleet fleet;

    Endings(Store store, Fleet fleet) {
        this.store = store;
        this.fleet = fleet;
    }

    /// Ends an account and all below it. The stage completes when no edge serves them any more;
    /// ending twice is not an error, and waits all the same.
    ///
    /// @param only the agent that must hold it, or `null` for an operator
    public CompletionStage<Revoked> end(
            TenantId tenant, AccountId id, EndReason reason, @Nullable AgentId only) {
        String by = only == null ? "operator" : "agent";
        return end(new Change.End(tenant, id, Change.End.Only.of(only), reason, by));
    }

    /// The same for an operator, who is named in the ledger.
    public CompletionStage<Revoked> revoke(TenantId tenant, AccountId id, String operator) {
        return end(
                new Change.End(
                        tenant, id, Change.End.Only.ANY, EndReason.REVOKED, operator(operator)));
    }

    /// How facts name an operator.
    static String operator(String name) {
        return "operator:" + name;
    }

    private CompletionStage<Revoked> end(Change change) {
        return store.commit(change)
                .handle((outcome, failure) ->
                        failure != null
                                ? CompletableFuture.completedStage(
                                        Revoked.refused(Broker.unavailable(failure)))
                                : ended(outcome, !own(change)))
                .thenCompose(stage -> stage);
    }

    /// Whether an agent ends its own: that is no revocation.
    private static boolean own(Change change) {
        return change instanceof Change.End end && end.by().equals("agent");
    }

    private CompletionStage<Revoked> ended(Outcome outcome, boolean onRecord) {
        return switch (outcome) {
            case Outcome.Applied(var sequence, var count) ->
                    (onRecord ? fleet.everywhereOnRecord(sequence) : fleet.everywhere(sequence))
                            .thenApply(edges -> new Revoked(count, null, edges, sequence));
            // It may have ended a moment ago, and an edge may not know yet.
            case Outcome.NotApplied(var why) ->
                    why.startsWith("no such")
                            ? CompletableFuture.completedStage(Revoked.refused(unknown()))
                            : fleet.everywhere().thenApply(edges -> new Revoked(0, null, edges, 0));
        };
    }

    private static Refusal unknown() {
        return Refusal.of(Refusal.Kind.NOT_FOUND, "authenticate", "no such account", "");
    }

    /// Ends every living account: of one agent, or of all where `agent` is `null`. One durable
    /// change. What is being opened below one of them is not opened any more.
    ///
    /// @param operator who wants it
    public Revoked endAll(TenantId tenant, @Nullable AgentId agent, String operator) {
        return endAll(tenant, new Change.EndAll.Whose(agent, null), operator(operator));
    }

    /// Ends the living accounts whose grant holds an operation of a service.
    ///
    /// @param operator who wants it
    public Revoked endAllUsing(TenantId tenant, ServiceId service, String operator) {
        return endThose(
                tenant,
                account -> account.grant().services().contains(service),
                operator(operator));
    }

    /// Ends the living accounts that act for a user.
    ///
    /// @param operator who wants it
    public Revoked endAllFor(TenantId tenant, UserId user, String operator) {
        return endThose(tenant, account -> user.equals(account.user()), operator(operator));
    }

    /// Ends the living accounts that act for a user and had opened when the user's issuer told that
    /// the user's sessions are over, or at most a minute later. Whoever signs in afterwards may
    /// open others.
    ///
    /// @param told when the issuer told it
    Revoked endAllTold(TenantId tenant, UserId user, Instant told) {
        Instant until = told.plus(CLOCKS_APART);
        return endThose(
                tenant,
                account -> user.equals(account.user()) && !account.term().opened().isAfter(until),
                "issuer:" + user.issuer());
    }

    private Revoked endThose(TenantId tenant, Predicate<Account> which, String by) {
        Revoked sum = null;
        AccountId after = null;
        do {
            var ids = new ArrayList<AccountId>();
            after = collect(tenant, after, which, ids);
            Revoked some = endAll(tenant, new Change.EndAll.Whose(null, ids), by);
            sum = sum == null ? some : sum.and(some);
        } while (after != null);
        return sum;
    }

    /// @return the last one that was looked at; `null` where there are no more
    private @Nullable AccountId collect(
            TenantId tenant,
            @Nullable AccountId from,
            Predicate<Account> which,
            List<AccountId> ids) {
        AccountId after = from;
        while (ids.size() < AT_ONCE) {
            List<StoredAccount> page = store.living(tenant, after, PAGE);
            if (page.isEmpty()) {
                return null;
            }
            page.stream()
                    .filter(stored -> Broker.details(stored).filter(which).isPresent())
                    .forEach(stored -> ids.add(stored.id()));
            after = page.getLast().id();
        }
        return after;
    }

    private Revoked endAll(TenantId tenant, Change.EndAll.Whose whose, String by) {
        Revoked ended = end(new Change.EndAll(tenant, whose, by)).toCompletableFuture().join();
        Refusal refused = ended.refused();
        if (refused != null && refused.kind() == Refusal.Kind.UNAVAILABLE) {
            throw new StoreUnavailable(refused.detail());
        }
        return ended;
    }
}
