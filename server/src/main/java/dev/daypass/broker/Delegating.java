package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.account.OnBehalf;
import dev.daypass.identity.AgentId;
import dev.daypass.store.Store;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an account may stand where a request wants it, below another and above others.
final class Delegating {
    private Delegating() {}

    /// The account that a request names as its parent, as it is kept.
    static Step<Account> parent(OpenRequest request, Store store) {
        return Optional.ofNullable(request.parent())
                .flatMap(store::account)
                .filter(a -> a.tenant().equals(request.claimant().tenant()))
                .filter(a -> a.state() == AccountState.ACTIVE)
                .flatMap(Broker::details)
                .filter(parent -> parent.delegatesTo(request.claimant().agent()))
                .map(Step::go)
                .orElseGet(() ->
                        Step.stop(
                                Refusal.Kind.NOT_FOUND,
                                "confine",
                                "`parent` is not an active account of this agent, or of one that delegates to it",
                                "open without a parent"));
    }

    /// @param parent the account that it is delegated from, or `null`
    /// @return `null` where there is nothing against it
    static @Nullable Refusal objection(
            OpenRequest request, @Nullable Account parent, Directory.View view) {
        OpenRequest.Claimant claimant = request.claimant();
        for (AgentId delegate : request.below().delegates()) {
            if (view.agent(claimant.tenant(), delegate) == null) {
                return refusal(
                        Refusal.Kind.MALFORMED,
                        "`delegates` names `%s`, and no such agent is registered"
                                .formatted(delegate),
                        "name agents that are");
            }
        }
        return parent == null ? null : below(parent, request);
    }

    private static @Nullable Refusal below(Account parent, OpenRequest request) {
        if (parent.delegation().depth() == 0) {
            return Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "confine",
                    "the parent account may not be delegated from (`depth` 0)",
                    "do it under the parent account, or open without a parent");
        }
        OnBehalf user = parent.onBehalf();
        return user != null
                        && user.named()
                        && request.onBehalf() == null
                        && !parent.agent().equals(request.claimant().agent())
                ? refusal(
                        Refusal.Kind.FORBIDDEN,
                        "the parent account acts for a user whose token names who may act (`may_act`), and no other agent",
                        "show a token of that user for this agent as `on_behalf_of`")
                : null;
    }

    private static Refusal refusal(Refusal.Kind kind, String detail, String next) {
        return new Refusal(kind, "authenticate", detail, next, Map.of());
    }
}
