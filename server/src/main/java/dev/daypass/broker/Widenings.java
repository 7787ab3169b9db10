package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.ledger.Fact;
import dev.daypass.policy.Decision;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Widens accounts. Every try that is judged is a fact and counts, refused ones too, so that nobody
/// finds out by trying what gets through. An account's deadline, budget and children stay as they
/// are.
public final class Widenings {
    /// Of one account, refused tries included.
    public static final int WIDENINGS_MAX = 5;

    private static final String OPEN_ANOTHER = "open a new account";

    private final Store store;
    private final WideningLine line;
    private final Minting minting;
    private final LargeGrants largeGrants;
    private final Executor waiting;

    /// @param waiting runs what reads the database; virtual threads
    Widenings(Broker.Needs needs, StatusEntries statuses, Executor waiting) {
        this.store = needs.store();
        this.line = new WideningLine(needs.line(), needs.minting(), statuses);
        this.minting = needs.minting();
        this.largeGrants = needs.largeGrants();
        this.waiting = waiting;
    }

    /// The opening line on the account's task and the reason. The stage completes after what came
    /// of it is durable.
    ///
    /// @param answer makes the answer
    public <T> CompletionStage<T> widen(WidenRequest request, Function<Widening, T> answer) {
        return CompletableFuture.supplyAsync(() -> begin(request), waiting)
                .thenCompose(step ->
                        switch (step) {
                            case Step.Stop<WideningLine.Try>(var why) ->
                                    CompletableFuture.completedStage(new Widening.Refused(why));
                            case Step.Go<WideningLine.Try>(var asked) -> judged(asked);
                        })
                .thenApply(answer);
    }

    private Step<WideningLine.Try> begin(WidenRequest request) {
        OpenRequest.Claimant claimant = request.claimant();
        // Read before the account: a try that comes in between makes this one's number wrong, and
        // so
        // no account is written over that was not looked at.
        List<StoredFact> tries = store.widenings(request.account());
        StoredAccount stored =
                store.account(request.account())
                        .filter(a ->
                                a.tenant().equals(claimant.tenant())
                                        && a.agent().equals(claimant.agent()))
                        .orElse(null);
        if (stored == null) {
            return Step.stop(Refusal.Kind.NOT_FOUND, "authenticate", "no such account", "");
        }
        Account account = Broker.details(stored).orElse(null);
        if (account == null
                || stored.state() != AccountState.ACTIVE
                || account.expired(minting.now())) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "admit",
                    "the account is %s"
                            .formatted(
                                    stored.state() == AccountState.ACTIVE
                                            ? "over"
                                            : stored.state().word().replace('_', ' ')),
                    stored.state() == AccountState.AWAITING_APPROVAL
                            ? "wait until a human has decided"
                            : OPEN_ANOTHER);
        }
        boolean held =
                switch (account.binding()) {
                    case KeyThumbprint.Certificate own -> own.equals(claimant.proof());
                    // Worth nothing without that key, whoever asks for it.
                    case KeyThumbprint.Jwk _ -> true;
                    // It could grow into services that want a binding.
                    case null -> false;
                };
        if (!held) {
            return Step.stop(
                    Refusal.Kind.FORBIDDEN,
                    "verify",
                    account.binding() == null
                            ? "an account that is bound to no key is not widened"
                            : "the account is bound to another key",
                    OPEN_ANOTHER);
        }
        return counted(request, account, tries);
    }

    private Step<WideningLine.Try> counted(
            WidenRequest request, Account account, List<StoredFact> tries) {
        if (!tries.isEmpty() && waits(tries.getLast())) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "admit",
                    "a widening of the account waits for a human",
                    "wait for the decision, or open a new account");
        }
        if (tries.size() >= WIDENINGS_MAX) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "admit",
                    "the account has used up its %d widenings, refused ones included"
                            .formatted(WIDENINGS_MAX),
                    OPEN_ANOTHER);
        }
        int number = tries.size() + 1;
        if (account.parent() == null) {
            return Step.go(new WideningLine.Try(request, account, null, number));
        }
        return store.account(account.parent())
                .filter(parent -> parent.state() == AccountState.ACTIVE)
                .flatMap(Broker::details)
                .map(parent -> Step.go(new WideningLine.Try(request, account, parent, number)))
                .orElseGet(() ->
                        Step.stop(
                                Refusal.Kind.CONFLICT,
                                "confine",
                                "the parent account is over",
                                OPEN_ANOTHER));
    }

    private CompletionStage<Widening> judged(WideningLine.Try asked) {
        return switch (line.walk(asked)) {
            case Step.Stop<WideningLine.Widened>(var why) -> refused(asked, why);
            case Step.Go<WideningLine.Widened>(var widened) -> recorded(asked, widened);
        };
    }

    private CompletionStage<Widening> refused(WideningLine.Try asked, Refusal why) {
        return switch (why.kind()) {
            case NOT_UNDERSTOOD, NOTHING_TO_GRANT, FORBIDDEN ->
                    commit(
                            asked,
                            new Fact.WideningRefused(
                                    why.step(), why.detail(), "daypass", asked.toJson()),
                            new Widening.Refused(why));
            case UNKNOWN_CALLER, MALFORMED, TOO_MANY, NOT_FOUND, CONFLICT, UNAVAILABLE ->
                    CompletableFuture.completedStage(new Widening.Refused(why));
        };
    }

    private CompletionStage<Widening> recorded(
            WideningLine.Try asked, WideningLine.Widened widened) {
        Json.Obj account = AccountJson.write(widened.account());
        Minting.Token token = widened.token();
        if (token == null) {
            Json.Arr rules =
                    Json.array(widened.needs().stream().map(Decision.Need::toJson).toList());
            return commit(
                    asked,
                    new Fact.WideningAsked(account, rules, widened.widening()),
                    new Widening.Waiting(
                            asked.account(),
                            widened.needs(),
                            widened.widening(),
                            widened.decided().confined()));
        }
        largeGrants.remember(widened.account().grant());
        return commit(
                asked,
                new Fact.AccountWidened(
                        account,
                        widened.account().grant().resourceHash(),
                        widened.widening(),
                        null),
                new Widening.Granted(
                        widened.account(),
                        token.compact(),
                        token.expires(),
                        widened.widening(),
                        widened.decided().confined()));
    }

    private CompletionStage<Widening> commit(WideningLine.Try asked, Fact fact, Widening then) {
        Account account = asked.account();
        var change = new Change.Widen(account.tenant(), account.id(), asked.number(), false, fact);
        return store.commit(change)
                .handle((outcome, failure) -> {
                    Refusal objection = objection(outcome, failure);
                    return objection == null ? then : new Widening.Refused(objection);
                });
    }

    private static @Nullable Refusal objection(Outcome outcome, @Nullable Throwable failure) {
        if (failure != null) {
            return Broker.unavailable(failure);
        }
        return switch (outcome) {
            case Outcome.Applied _ -> null;
            case Outcome.NotApplied(var why) ->
                    Refusal.of(Refusal.Kind.CONFLICT, "record", why, "");
        };
    }

    private static boolean waits(StoredFact fact) {
        return fact.entry().type().equals("WideningAsked");
    }

    /// A try that waits for a human.
    ///
    /// @param number of the try
    /// @param account as it would be
    /// @param needs the rules that want a human
    /// @param widening what is told and kept of it
    record Pending(int number, Account account, List<Decision.Need> needs, Json.Obj widening) {}

    /// The try of an account that waits for a human; `null` for none.
    @Nullable Pending pending(StoredAccount stored) {
        List<StoredFact> tries =
                stored.state() == AccountState.ACTIVE ? store.widenings(stored.id()) : List.of();
        if (tries.isEmpty() || !waits(tries.getLast())) {
            return null;
        }
        JsonFields asked = JsonFields.of(tries.getLast().entry().body());
        return new Pending(
                tries.size(),
                AccountJson.read(object(asked, "account")),
                asked.items("rules").stream().map(Decision.Need::fromJson).toList(),
                object(asked, "widening"));
    }

    private static Json.Obj object(JsonFields fields, String name) {
        if (fields.take(name) instanceof Json.Obj object) {
            return object;
        }
        throw new WireException("`%s` of a fact is not an object".formatted(name));
    }

    /// Grants a try that waits.
    CompletionStage<Ending> grant(Pending pending, String by) {
        Account wider = pending.account();
        largeGrants.remember(wider.grant());
        return decide(
                pending,
                new Fact.AccountWidened(
                        AccountJson.write(wider),
                        wider.grant().resourceHash(),
                        pending.widening(),
                        by));
    }

    /// Refuses a try that waits; the account stays as it is.
    CompletionStage<Ending> refuse(Pending pending, String by) {
        return decide(
                pending,
                new Fact.WideningRefused(
                        "decide", "a human refused", Endings.operator(by), pending.widening()));
    }

    private CompletionStage<Ending> decide(Pending pending, Fact fact) {
        Account account = pending.account();
        var change = new Change.Widen(account.tenant(), account.id(), pending.number(), true, fact);
        return store.commit(change)
                .handle((outcome, failure) -> {
                    Refusal objection = objection(outcome, failure);
                    return new Ending(objection == null ? 1 : 0, objection);
                });
    }

    /// What became of each try to widen an account, in order, as it is told.
    public List<Json> history(StoredAccount stored) {
        return store.widenings(stored.id()).stream().<Json>map(WideningJson::told).toList();
    }
}
