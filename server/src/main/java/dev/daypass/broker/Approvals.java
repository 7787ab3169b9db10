package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.account.OnBehalf;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.wire.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A human's decision on an account that waits for one.
public final class Approvals {
    private static final String NEXT =
            "see which accounts wait: daypass ls --state awaiting_approval";

    private final Store store;
    private final Minting minting;
    private final Executor waiting;
    private final Widenings widenings;
    private final Agreements agreements = new Agreements();

    /// @param waiting runs what reads the database; virtual threads
    Approvals(Store store, Minting minting, Widenings widenings, Executor waiting) {
        this.widenings = widenings;
        this.store = store;
        this.minting = minting;
        this.waiting = waiting;
    }

    /// Makes a waiting account active, its time starting now, or grants the widening that waits,
    /// once everybody has agreed whom the rules ask for; until then nothing ends and nothing
    /// starts. Nobody approves twice, and nobody approves what is over.
    ///
    /// @param by the operator's name
    public CompletionStage<Ending> approve(TenantId tenant, AccountId id, String by) {
        return CompletableFuture.supplyAsync(() -> agreed(tenant, id, by), waiting)
                .thenCompose(step ->
                        switch (step) {
                            case Step.Stop<Agreed>(var why) ->
                                    CompletableFuture.completedStage(new Ending(0, why));
                            case Step.Go<Agreed>(var agreed) ->
                                    agreed.settled().missing().isEmpty()
                                            ? granted(agreed)
                                            : CompletableFuture.completedStage(new Ending(0, null));
                        });
    }

    private CompletionStage<Ending> granted(Agreed agreed) {
        return switch (agreed) {
            case Agreed.Start(var account, var settled) -> approve(account, settled.by());
            case Agreed.Widen(var pending, var settled) ->
                    widenings
                            .grant(pending, settled.by())
                            .thenApply(ending -> {
                                if (ending.refused() == null) {
                                    agreements.forget(matter(pending));
                                }
                                return ending;
                            });
        };
    }

    /// What an operator agreed to.
    private sealed interface Agreed {
        Agreements.Settled settled();

        record Start(Account account, Agreements.Settled settled) implements Agreed {}

        record Widen(Widenings.Pending pending, Agreements.Settled settled) implements Agreed {}
    }

    private static Agreements.Matter matter(Widenings.Pending pending) {
        return new Agreements.Matter(pending.account().id(), pending.number());
    }

    private Step<Agreed> agreed(TenantId tenant, AccountId id, String by) {
        StoredAccount stored =
                store.account(id).filter(a -> a.tenant().equals(tenant)).orElse(null);
        if (stored == null) {
            return Step.stop(Refusal.Kind.NOT_FOUND, "approve", "no such account", NEXT);
        }
        Widenings.Pending pending = widenings.pending(stored);
        if (pending != null) {
            return agreements
                    .agree(matter(pending), pending.needs(), by)
                    .then(settled -> Step.go(new Agreed.Widen(pending, settled)));
        }
        Account asked = Broker.details(stored).orElse(null);
        if (asked == null || stored.state() != AccountState.AWAITING_APPROVAL) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "approve",
                    "the account is " + stored.state().word(),
                    NEXT);
        }
        return started(asked, minting.now())
                .then(account ->
                        agreements
                                .agree(
                                        new Agreements.Matter(stored.id(), 0),
                                        Agreements.needs(stored),
                                        by)
                                .then(settled -> Step.go(new Agreed.Start(account, settled))));
    }

    /// The account with its time starting now, and ending no later than its parent and what its
    /// user's token allowed.
    private Step<Account> started(Account asked, Instant now) {
        Account account = asked.from(now);
        OnBehalf onBehalf = account.onBehalf();
        if (onBehalf != null && !onBehalf.until().isAfter(now)) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "approve",
                    "the user's token ended while the account waited",
                    "the agent opens another with a fresh token of the user");
        }
        if (onBehalf != null && onBehalf.until().isBefore(account.term().deadline())) {
            account = account.during(now, onBehalf.until());
        }
        if (account.parent() == null) {
            return Step.go(account);
        }
        Instant latest =
                store.account(account.parent()).map(StoredAccount::deadline).orElse(Instant.MIN);
        if (!latest.isAfter(now)) {
            return Step.stop(Refusal.Kind.CONFLICT, "approve", "the parent account is over", "");
        }
        return Step.go(
                latest.isBefore(account.term().deadline()) ? account.during(now, latest) : account);
    }

    private CompletionStage<Ending> approve(Account account, String by) {
        Json.Obj json = AccountJson.write(account);
        var fact = new Fact.AccountOpened(json, account.grant().resourceHash(), by);
        return store.commit(
                        new Change.Approve(
                                account.tenant(),
                                account.id(),
                                account.term().opened(),
                                account.term().deadline(),
                                fact))
                .handle((outcome, failure) -> {
                    if (failure == null) {
                        agreements.forget(new Agreements.Matter(account.id(), 0));
                    }
                    return approved(outcome, failure);
                });
    }

    private static Ending approved(Outcome outcome, @Nullable Throwable failure) {
        if (failure != null) {
            return new Ending(0, Broker.unavailable(failure));
        }
        return switch (outcome) {
            case Outcome.Applied _ -> new Ending(1, null);
            case Outcome.NotApplied(var why) ->
                    new Ending(0, Refusal.of(Refusal.Kind.CONFLICT, "approve", why, ""));
        };
    }

    /// Refuses a waiting account, or the widening that waits. Any operator may: what is refused
    /// does no harm.
    ///
    /// @param by the operator's name
    public CompletionStage<Ending> deny(TenantId tenant, AccountId id, String by) {
        return CompletableFuture.supplyAsync(() -> pending(tenant, id), waiting)
                .thenCompose(pending ->
                        pending.isPresent()
                                ? widenings.refuse(pending.get(), by)
                                : denied(tenant, id, by));
    }

    private Optional<Widenings.Pending> pending(TenantId tenant, AccountId id) {
        return store.account(id)
                .filter(stored -> stored.tenant().equals(tenant))
                .map(widenings::pending);
    }

    private CompletionStage<Ending> denied(TenantId tenant, AccountId id, String by) {
        var only = Change.End.Only.in(AccountState.AWAITING_APPROVAL);
        return store.commit(
                        new Change.End(tenant, id, only, EndReason.DENIED, Endings.operator(by)))
                .handle((outcome, failure) ->
                        failure != null
                                ? new Ending(0, Broker.unavailable(failure))
                                : switch (outcome) {
                                    case Outcome.Applied _ -> new Ending(1, null);
                                    case Outcome.NotApplied(var why) ->
                                            new Ending(
                                                    0,
                                                    Refusal.of(
                                                            why.startsWith("no such")
                                                                    ? Refusal.Kind.NOT_FOUND
                                                                    : Refusal.Kind.CONFLICT,
                                                            "deny",
                                                            why,
                                                            NEXT));
                                });
    }
}
