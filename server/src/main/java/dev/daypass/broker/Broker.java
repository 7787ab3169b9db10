package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.Confined;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.permission.TraitRules;
import dev.daypass.policy.Decision;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.StatusEntry;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens and ends accounts. The only writer: every change is a fact committed together with the
/// state it changes.
public final class Broker {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final Store store;
    private final Directory directory;
    private final OpeningLine line;
    private final Minting minting;
    private final LargeGrants largeGrants;
    private final LivingAccounts living;
    private final Duration approvalWait;
    private final Executor waiting;
    private final StatusEntries statuses;
    private final Widenings widenings;

    /// @param waiting runs what reads the database; virtual threads
    Broker(Needs needs, Duration approvalWait, Executor waiting) {
        this.store = needs.store();
        this.directory = needs.directory();
        this.line = needs.line();
        this.minting = needs.minting();
        this.largeGrants = needs.largeGrants();
        this.living = needs.living();
        this.approvalWait = approvalWait;
        this.waiting = waiting;
        this.statuses = new StatusEntries(store, directory, minting);
        this.widenings = new Widenings(needs, statuses, waiting);
    }

    record Needs(
            Store store,
            Directory directory,
            OpeningLine line,
            Minting minting,
            LargeGrants largeGrants,
            LivingAccounts living) {}

    /// Widens accounts.
    public Widenings widenings() {
        return widenings;
    }

    /// The opening line: `authenticate → admit → understand → confine → decide → mint → record`;
    /// the caller answers. The stage completes after the account is durable.
    ///
    /// @param answer makes the answer; it is made while the account is being written, and leaves
    ///   only once it is durable
    public <T> CompletionStage<T> open(OpenRequest request, Function<Opening, T> answer) {
        return open(request, Answering.of(answer));
    }

    /// The same where the answer says which fact it is.
    public <T> CompletionStage<T> open(OpenRequest request, Answering<T> answer) {
        if (request.parent() == null && !line.waits()) {
            return record(request, line.walk(request, null), answer);
        }
        if (request.parent() == null) {
            return CompletableFuture.supplyAsync(() -> line.walk(request, null), waiting)
                    .thenCompose(walked -> record(request, walked, answer));
        }
        return CompletableFuture.supplyAsync(() -> Delegating.parent(request, store), waiting)
                .thenCompose(found ->
                        record(request, found.then(parent -> line.walk(request, parent)), answer));
    }

    private <T> CompletionStage<T> record(
            OpenRequest request, Step<OpeningLine.Minted> walked, Answering<T> answer) {
        return switch (walked) {
            case Step.Stop<OpeningLine.Minted>(var why) -> {
                noteRefusal(request, why);
                yield CompletableFuture.completedStage(answer.answer(new Opening.Refused(why)));
            }
            case Step.Go<OpeningLine.Minted>(var minted) -> record(minted, answer);
        };
    }

    private <T> CompletionStage<T> record(OpeningLine.Minted minted, Answering<T> answer) {
        Refusal full = living.enter(minted.account(), minted.token() == null);
        if (full != null) {
            return CompletableFuture.completedStage(answer.answer(new Opening.Refused(full)));
        }
        CompletionStage<Outcome> durable = store.commit(change(minted));
        T prepared = answer.answer(opening(minted));
        return durable.handle((outcome, failure) -> {
            Refusal objection = objection(outcome, failure);
            if (objection == null) {
                return outcome instanceof Outcome.Applied(var fact, var _)
                        ? answer.recorded(prepared, fact)
                        : prepared;
            }
            living.leave(minted.account().id());
            return answer.answer(new Opening.Refused(objection));
        });
    }

    private void noteRefusal(OpenRequest request, Refusal why) {
        // A flood of refused requests must not become a flood of writes: what is refused before it
        // costs anything is not kept.
        switch (why.kind()) {
            case NOT_UNDERSTOOD, NOTHING_TO_GRANT, FORBIDDEN ->
                    store.note(
                            new Change.Note(
                                    request.claimant().tenant(),
                                    null,
                                    request.claimant().agent(),
                                    new Fact.OpenRefused(
                                            request.claimant().agent(), why.step(), why.detail())));
            case UNKNOWN_CALLER, MALFORMED, TOO_MANY, NOT_FOUND, CONFLICT, UNAVAILABLE -> {}
        }
    }

    /// That a user's token was not accepted is a fact, as often as the agent may open: each costs
    /// it an opening.
    ///
    /// @param why holds nothing of the token
    public void noteUserRefused(OpenRequest.Claimant claimant, String why) {
        Agent agent = directory.view().agent(claimant.tenant(), claimant.agent());
        if (agent != null && agent.rate().take(minting.nanoTime()) == 0) {
            var fact = new Fact.OpenRefused(claimant.agent(), "authenticate", why);
            store.note(new Change.Note(claimant.tenant(), null, claimant.agent(), fact));
        }
    }

    private Change.Open change(OpeningLine.Minted minted) {
        Account account = minted.account();
        largeGrants.remember(account.grant());
        Json.Obj json = AccountJson.write(account);
        boolean waits = minted.token() == null;
        Json.Arr needs =
                Json.array(minted.decided().needs().stream().map(Decision.Need::toJson).toList());
        Fact fact =
                waits
                        ? new Fact.ApprovalAsked(
                                json, needs, Waits.json(minted.decided().confined().waiting()))
                        : new Fact.AccountOpened(json, account.grant().resourceHash(), null);
        return new Change.Open(
                new StoredAccount(
                        account.id(),
                        account.tenant(),
                        account.agent(),
                        waits ? AccountState.AWAITING_APPROVAL : AccountState.ACTIVE,
                        null,
                        account.term().opened(),
                        waits
                                ? account.term().opened().plus(approvalWait)
                                : account.term().deadline(),
                        null,
                        account.parent(),
                        account.budget().calls(),
                        0,
                        null),
                fact,
                minted.status(),
                account.term().lease());
    }

    private Opening opening(OpeningLine.Minted minted) {
        Minting.Token token = minted.token();
        return token == null
                ? new Opening.Waiting(
                        minted.account(),
                        minted.decided().needs(),
                        minted.account().term().opened().plus(approvalWait),
                        minted.decided().confined())
                : new Opening.Active(
                        minted.account(),
                        token.compact(),
                        token.expires(),
                        minted.decided().confined());
    }

    private static @Nullable Refusal objection(Outcome outcome, @Nullable Throwable failure) {
        if (failure != null) {
            return unavailable(failure);
        }
        return switch (outcome) {
            case Outcome.NotApplied(var why) ->
                    Refusal.of(Refusal.Kind.CONFLICT, "record", why, "");
            case Outcome.Applied _ -> null;
        };
    }

    static Refusal unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (!(cause instanceof StoreUnavailable)) {
            LOG.error("recording failed", cause);
        }
        return Refusal.of(
                Refusal.Kind.UNAVAILABLE,
                "record",
                "nothing can be made durable now",
                "try again shortly");
    }

    /// What opening would do, without doing it, told to an operator.
    public Explanation explain(OpenRequest request) {
        return explained(request, line.explain(request));
    }

    /// The same, told to the agent itself, who may ask no faster than it may open: it must not find
    /// out at no cost which words get through.
    public Explanation explainToAgent(OpenRequest request) {
        return explained(request, line.explainToAgent(request));
    }

    private Explanation explained(OpenRequest request, Step<OpeningLine.Decided> step) {
        return switch (step) {
            case Step.Stop<OpeningLine.Decided>(var why) -> new Explanation.No(why);
            case Step.Go<OpeningLine.Decided>(var decided) ->
                    new Explanation.Yes(
                            decided.confined(),
                            decided.admitted().ttl(),
                            decided.needs(),
                            directory.view().corrections(request.claimant().tenant()),
                            facts(request.claimant().tenant(), decided.confined()));
        };
    }

    private Map<OperationId, Map<Trait, String>> facts(TenantId tenant, Confined confined) {
        Set<OperationId> told =
                Stream.concat(confined.leaves().stream(), confined.waiting().stream())
                        .map(leaf -> leaf.permission().operation())
                        .collect(Collectors.toSet());
        return directory.view().tenant(tenant).catalog().operations().stream()
                .filter(operation -> told.contains(operation.id()))
                .collect(Collectors.toMap(Operation::id, TraitRules::reasons, (one, _) -> one));
    }

    /// A new token for an active account, within its deadline. Each is a durable write, and so an
    /// agent may have only so many a second.
    public CompletionStage<Renewal> renew(OpenRequest.Claimant claimant, AccountId id) {
        return renew(claimant, id, new OpenRequest.Binding.OwnCertificate());
    }

    /// The same for who may have shown another key than its certificate.
    public CompletionStage<Renewal> renew(
            OpenRequest.Claimant claimant, AccountId id, OpenRequest.Binding shown) {
        Refusal tooFast = charged(claimant);
        if (tooFast != null) {
            return CompletableFuture.completedStage(new Renewal.Refused(tooFast));
        }
        return CompletableFuture.supplyAsync(() -> renewable(claimant, id, shown), waiting)
                .thenCompose(step ->
                        switch (step) {
                            case Step.Stop<Renewable>(var why) ->
                                    CompletableFuture.completedStage(new Renewal.Refused(why));
                            case Step.Go<Renewable>(Renewable(var account, var status)) -> {
                                largeGrants.remember(account.grant());
                                Minting.Token token = minting.token(account, minting.now(), status);
                                var fact = new Fact.TokenRenewed(token.id());
                                yield store.commit(
                                                new Change.Note(
                                                        account.tenant(),
                                                        account.id(),
                                                        account.agent(),
                                                        fact))
                                        .handle((_, failure) ->
                                                failure == null
                                                        ? new Renewal.Renewed(
                                                                account,
                                                                token.compact(),
                                                                token.expires())
                                                        : new Renewal.Refused(
                                                                unavailable(failure)));
                            }
                        });
    }

    /// Charges an agent for a token that is renewed, or looked at to be exchanged.
    ///
    /// @return `null` where it need not wait
    public @Nullable Refusal charged(OpenRequest.Claimant claimant) {
        Agent agent = directory.view().agent(claimant.tenant(), claimant.agent());
        long waitNanos = agent == null ? 0 : agent.renewals().take(minting.nanoTime());
        return waitNanos == 0
                ? null
                : Refusal.tooMany(
                        "agent `%s` asks for tokens too fast".formatted(claimant.agent()),
                        waitNanos);
    }

    private record Renewable(Account account, @Nullable StatusEntry status) {}

    private Step<Renewable> renewable(
            OpenRequest.Claimant claimant, AccountId id, OpenRequest.Binding shown) {
        StoredAccount stored = find(claimant.tenant(), claimant.agent(), id).orElse(null);
        if (stored == null) {
            return Step.stop(Refusal.Kind.NOT_FOUND, "authenticate", "no such account", "");
        }
        Account account = details(stored).orElse(null);
        if (account == null
                || stored.state() != AccountState.ACTIVE
                || account.expired(minting.now())) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "fresh",
                    "the account is " + stored.state().word(),
                    "open a new account");
        }
        return mayHold(account, claimant, shown)
                ? Step.go(new Renewable(account, statuses.of(account)))
                : Step.stop(
                        Refusal.Kind.FORBIDDEN,
                        "verify",
                        account.binding() == null
                                ? "the account is bound to no key, and its services do not all take that now, or a key was shown"
                                : "the account is bound to another key",
                        "open a new account");
    }

    /// A token that is bound to a key is worth nothing without it, and so its agent, whoever it is
    /// by its assertion or certificate, may have it; with a proof it must be of that key.
    private boolean mayHold(
            Account account, OpenRequest.Claimant claimant, OpenRequest.Binding shown) {
        boolean proved = shown instanceof OpenRequest.Binding.Key;
        return switch (account.binding()) {
            case KeyThumbprint.Certificate own -> !proved && own.equals(claimant.proof());
            case KeyThumbprint.Jwk key -> !proved || shown.equals(new OpenRequest.Binding.Key(key));
            case null ->
                    shown instanceof OpenRequest.Binding.NothingShown
                            && directory
                                    .view()
                                    .acceptUnbound(account.tenant(), account.grant().services());
        };
    }

    /// An account of this agent, or of any where `agent` is `null`.
    public Optional<StoredAccount> find(TenantId tenant, @Nullable AgentId agent, AccountId id) {
        return store.account(id)
                .filter(a ->
                        a.tenant().equals(tenant) && (agent == null || a.agent().equals(agent)));
    }

    /// What a living account holds; empty once it has ended.
    public static Optional<Account> details(StoredAccount stored) {
        return opening(stored).map(fact -> fact.take("account")).map(AccountJson::read);
    }

    /// The fact that opened a living account, or asked for it; empty once it has ended.
    public static Optional<JsonFields> opening(StoredAccount stored) {
        return Optional.ofNullable(stored.details())
                .map(text ->
                        JsonFields.of(
                                Json.parse(
                                        text.getBytes(StandardCharsets.UTF_8),
                                        JsonLimits.DOCUMENT)));
    }
}
