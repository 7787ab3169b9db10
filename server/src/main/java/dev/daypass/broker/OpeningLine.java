package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.OnBehalf;
import dev.daypass.budget.Budget;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.UserId;
import dev.daypass.intent.Bounds;
import dev.daypass.intent.CannotUnderstand;
import dev.daypass.intent.Confined;
import dev.daypass.intent.Confinement;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.InvalidTask;
import dev.daypass.intent.LaterWishes;
import dev.daypass.intent.Task;
import dev.daypass.permission.Granted;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.UserCeiling;
import dev.daypass.policy.Caps;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Stage;
import dev.daypass.store.StatusEntry;
import dev.daypass.token.Claims;
import dev.daypass.users.UserGrants;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The opening line, read top to bottom: who asks, whether they may ask now, what the words mean,
/// what of it is given, what the rules say, and the token. Recording is the broker's: no token
/// leaves before it.
final class OpeningLine {
    /// Where a parser is less sure than this and has questions, it is asked again, not guessed.
    static final double CONFIDENCE_MIN = 0.3;

    private final Directory directory;
    private final IntentParser parser;
    private final Minting minting;
    private final Limits limits;

    OpeningLine(Directory directory, IntentParser parser, Minting minting, Limits limits) {
        this.directory = directory;
        this.parser = parser;
        this.minting = minting;
        this.limits = limits;
    }

    /// @param trustDomain of the agents' SPIFFE ids
    /// @param ttlDefault of an account that asks for none
    /// @param ttlMax of any account
    /// @param laterWishes what becomes of dangerous wishes behind a task's first
    /// @param users what users may hand on
    record Limits(
            String trustDomain,
            Duration ttlDefault,
            Duration ttlMax,
            LaterWishes laterWishes,
            UserGrants users) {}

    /// Whether walking it waits for something outside of this process.
    boolean waits() {
        return parser.waits();
    }

    Step<Minted> walk(OpenRequest request, @Nullable Account parent) {
        return read(new Asked(request, parent, null)).then(this::decide).then(this::mint);
    }

    /// The first half of the line: up to what the words justify.
    Step<Bounded> read(Asked asked) {
        return authenticate(asked).then(this::admit).then(this::understand).then(this::confine);
    }

    /// The line without its effects: nothing is charged, minted or recorded.
    Step<Decided> explain(OpenRequest request) {
        return authenticate(new Asked(request, null, null))
                .then(known -> term(known, limits))
                .then(this::understand)
                .then(this::confine)
                .then(this::decide);
    }

    /// The same, which costs the agent what opening would.
    Step<Decided> explainToAgent(OpenRequest request) {
        return read(new Asked(request, null, null)).then(this::decide);
    }

    /// @param request what was asked for
    /// @param parent the account that it is delegated from, or `null`
    /// @param widened the account that is to do more, or `null` for a new one
    record Asked(OpenRequest request, @Nullable Account parent, @Nullable Account widened) {
        /// The user for whom the account acts: its own if it is there already, else the one that is
        /// named, else its parent's.
        @Nullable OnBehalf onBehalf() {
            if (widened != null) {
                return widened.onBehalf();
            }
            OnBehalf named = request.onBehalf();
            return named != null || parent == null ? named : parent.onBehalf();
        }
    }

    record Known(Asked asked, Agent agent, Directory.Tenant tenant) {}

    record Admitted(Known known, Duration ttl) {}

    record Understood(Admitted admitted, Task task, Intent intent) {}

    /// @param user what the user may hand on; `null` where the account acts for none
    record Bounded(Understood understood, Confined confined, @Nullable UserCeiling user) {
        Known known() {
            return understood.admitted().known();
        }

        /// Everything that it would have once a human has agreed to what waits for one.
        List<Leaf> leaves() {
            var all = new ArrayList<>(confined.leaves());
            all.addAll(confined.waiting());
            return all;
        }
    }

    record Decided(Bounded bounded, Caps caps, List<Decision.Need> needs) {
        Confined confined() {
            return bounded.confined();
        }

        boolean waits() {
            return !needs.isEmpty() || !confined().waiting().isEmpty();
        }

        Admitted admitted() {
            return bounded.understood().admitted();
        }
    }

    /// @param decided what was decided
    /// @param account the account that will be recorded
    /// @param token its token; `null` while a human must agree first
    /// @param status where its token is looked up; `null` where only edges verify it
    record Minted(
            Decided decided,
            Account account,
            Minting.@Nullable Token token,
            @Nullable StatusEntry status) {}

    private Step<Known> authenticate(Asked asked) {
        OpenRequest.Claimant claimant = asked.request().claimant();
        Directory.View view = directory.view();
        Agent agent = view.agent(claimant.tenant(), claimant.agent());
        if (agent == null) {
            return Step.stop(
                    Refusal.Kind.UNKNOWN_CALLER,
                    "authenticate",
                    "no agent `%s` is registered".formatted(claimant.agent()),
                    "daypass agent add");
        }
        if (!claimant.proof().value().equals(agent.stored().thumbprint())) {
            return Step.stop(
                    Refusal.Kind.UNKNOWN_CALLER,
                    "authenticate",
                    "the certificate shown is not the newest of agent `%s`"
                            .formatted(claimant.agent()),
                    "daypass agent enrol, with a new enrolment token");
        }
        OnBehalf named = asked.request().onBehalf();
        UserId before = asked.parent() == null ? null : asked.parent().user();
        if (named != null && before != null && !named.user().equals(before)) {
            return Step.stop(
                    Refusal.Kind.FORBIDDEN,
                    "authenticate",
                    "the parent account acts for another user",
                    "leave `on_behalf_of` out, or open without a parent");
        }
        Refusal objection = Delegating.objection(asked.request(), asked.parent(), view);
        return objection != null
                ? new Step.Stop<>(objection)
                : Step.go(new Known(asked, agent, view.tenant(claimant.tenant())));
    }

    private Step<Admitted> admit(Known known) {
        long waitNanos = known.agent().rate().take(minting.nanoTime());
        if (waitNanos > 0) {
            return new Step.Stop<>(
                    Refusal.tooMany(
                            "agent `%s` opens accounts too fast"
                                    .formatted(known.agent().stored().id()),
                            waitNanos));
        }
        // After the agent's own: what one agent is refused must not use up the others' share.
        long tenantNanos = known.tenant().rate().take(minting.nanoTime());
        if (tenantNanos > 0) {
            return new Step.Stop<>(
                    Refusal.tooMany("all agents together open accounts too fast", tenantNanos));
        }
        return term(known, limits);
    }

    private static Step<Admitted> term(Known known, Limits limits) {
        Account widened = known.asked().widened();
        if (widened != null) {
            return Step.go(new Admitted(known, widened.term().length()));
        }
        Duration asked = known.asked().request().ttl();
        Duration ceiling = known.agent().ceiling().ttlMax();
        Duration max = ceiling.compareTo(limits.ttlMax()) < 0 ? ceiling : limits.ttlMax();
        Duration ttl = asked != null ? asked : min(limits.ttlDefault(), max);
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(max) > 0) {
            return Step.stop(
                    Refusal.Kind.MALFORMED,
                    "admit",
                    "`ttl` is outside what this agent may have",
                    "ask for 1s to " + Durations.text(max));
        }
        return Step.go(new Admitted(known, ttl));
    }

    private Step<Understood> understand(Admitted admitted) {
        try {
            var task = new Task(admitted.known().asked().request().task());
            OpenRequest.Claimant claimant = admitted.known().asked().request().claimant();
            Intent intent =
                    parser.forAgent(claimant.tenant(), claimant.agent())
                            .understand(task, admitted.known().agent().reach().inside());
            boolean guessed = !intent.proposals().isEmpty() && intent.confidence() < CONFIDENCE_MIN;
            return guessed && !intent.questions().isEmpty()
                    ? new Step.Stop<>(Refusals.notUnderstood(intent))
                    : Step.go(new Understood(admitted, task, intent));
        } catch (InvalidTask e) {
            return Step.stop(
                    Refusal.Kind.MALFORMED,
                    "understand",
                    String.valueOf(e.getMessage()),
                    "send `task` in plain words, such as: read the list of papers");
        } catch (CannotUnderstand e) {
            return Step.stop(
                    Refusal.Kind.UNAVAILABLE,
                    "understand",
                    String.valueOf(e.getMessage()),
                    "try again shortly");
        }
    }

    private Step<Bounded> confine(Understood understood) {
        Known known = understood.admitted().known();
        for (ServiceId service : known.asked().request().services()) {
            if (!directory.view().has(known.asked().request().claimant().tenant(), service)) {
                return Step.stop(
                        Refusal.Kind.MALFORMED,
                        "confine",
                        "no service `%s` is registered".formatted(service),
                        "leave `services` out, or name those that are");
            }
        }
        Account parent = known.asked().parent();
        OnBehalf onBehalf = known.asked().onBehalf();
        UserCeiling user = onBehalf == null ? null : limits.users().of(onBehalf);
        var bounds =
                new Bounds(
                        known.agent().reach(),
                        parent == null ? null : parent.grant(),
                        user,
                        known.asked().request().services(),
                        limits.laterWishes());
        Confined confined = Confinement.confine(understood.task(), understood.intent(), bounds);
        return confined.leaves().isEmpty() && confined.waiting().isEmpty()
                ? new Step.Stop<>(Refusals.nothingToGrant(confined))
                : Step.go(new Bounded(understood, confined, user));
    }

    private Step<Decided> decide(Bounded bounded) {
        return decide(bounded, bounded.leaves());
    }

    /// What the rules on openings say.
    ///
    /// @param leaves the grant that they see
    Step<Decided> decide(Bounded bounded, List<Leaf> leaves) {
        Known known = bounded.known();
        Caps users = UserCaps.of(bounded.user(), bounded.leaves());
        if (!known.tenant().rules().concern(Stage.OPEN)) {
            return Step.go(new Decided(bounded, users, List.of()));
        }
        return switch (known.tenant()
                .rules()
                .decide(OpeningInput.of(bounded, leaves, limits.trustDomain(), minting.now()))) {
            case Decision.Allow() -> Step.go(new Decided(bounded, users, List.of()));
            case Decision.Capped(var caps, var _) ->
                    Step.go(new Decided(bounded, caps.and(users), List.of()));
            case Decision.NeedsApproval(var needs, var caps) ->
                    Step.go(new Decided(bounded, caps.and(users), needs));
            case Decision.Deny(var rule, var message) ->
                    new Step.Stop<>(
                            new Refusal(
                                    Refusal.Kind.FORBIDDEN,
                                    "decide",
                                    message,
                                    "ask the operator about rule `%s`".formatted(rule),
                                    Map.of("rule", Json.of(rule))));
        };
    }

    private Step<Minted> mint(Decided decided) {
        Known known = decided.admitted().known();
        Account parent = known.asked().parent();
        Instant now = minting.now();
        Duration ttl =
                decided.caps().ttl() == null
                        ? decided.admitted().ttl()
                        : min(decided.admitted().ttl(), decided.caps().ttl());
        Instant deadline = now.plus(ttl).truncatedTo(ChronoUnit.MILLIS);
        if (parent != null && deadline.isAfter(parent.term().deadline())) {
            deadline = parent.term().deadline();
        }
        OnBehalf onBehalf = known.asked().onBehalf();
        if (onBehalf != null && deadline.isAfter(onBehalf.until())) {
            deadline = onBehalf.until();
        }
        if (!deadline.isAfter(now)) {
            return Step.stop(
                    Refusal.Kind.CONFLICT,
                    "mint",
                    "the parent account, or the user's token, is over",
                    "");
        }
        OpenRequest request = known.asked().request();
        Long ceiling = known.agent().ceiling().callsLimit();
        Budget budget =
                Budget.UNLIMITED
                        .and(request.calls())
                        .and(ceiling)
                        .and(decided.caps().calls())
                        .and(parent == null ? null : parent.budget().calls());
        var account =
                new Account(
                        minting.newAccountId(now),
                        request.claimant().tenant(),
                        request.claimant().agent(),
                        request.task(),
                        Granted.of(decided.bounded().leaves()),
                        binding(request, Granted.of(decided.bounded().leaves())),
                        new Account.Term(now, deadline, request.lease()),
                        budget,
                        request.below().under(parent),
                        request.trust(),
                        onBehalf);
        return minting.fits(account)
                ? Step.go(minted(decided, account, now))
                : Step.stop(
                        Refusal.Kind.CONFLICT,
                        "mint",
                        "its token would be longer than %d bytes".formatted(Claims.TOKEN_BYTES_MAX),
                        "delegate less deep, or name fewer `services`");
    }

    private Minted minted(Decided decided, Account account, Instant now) {
        if (decided.waits()) {
            return new Minted(decided, account, null, null);
        }
        boolean elsewhere =
                directory.view().verifyTokens(account.tenant(), account.grant().services());
        StatusEntry status = elsewhere ? minting.statusEntry(account.id()) : null;
        return new Minted(decided, account, minting.token(account, now, status), status);
    }

    /// `null` only where every service that the request names, and with it every one of the grant,
    /// takes tokens that are bound to nothing.
    private @Nullable KeyThumbprint binding(OpenRequest request, Granted granted) {
        OpenRequest.Claimant claimant = request.claimant();
        return switch (request.binding()) {
            case OpenRequest.Binding.Key(var key) -> key;
            case OpenRequest.Binding.OwnCertificate() -> claimant.proof();
            case OpenRequest.Binding.NothingShown() -> {
                Directory.View view = directory.view();
                boolean unbound =
                        view.acceptUnbound(claimant.tenant(), request.services())
                                && view.acceptUnbound(
                                        claimant.tenant(), granted.grant().services());
                yield unbound ? null : claimant.proof();
            }
        };
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
