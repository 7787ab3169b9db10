package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.Delegation;
import dev.daypass.account.OnBehalf;
import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Granted;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account as JSON: in its row while it lives, and in the facts of its opening.
public final class AccountJson {
    private AccountJson() {}

    public static Json.Obj write(Account account) {
        return Json.object()
                .put("id", account.id().value())
                .put("tenant", account.tenant().value())
                .put("agent", account.agent().value())
                .put("task", account.task())
                .put("grant", account.granted().toJson())
                .put("cnf", confirmation(account.binding()))
                .put("unbound", account.binding() == null ? Json.of(true) : null)
                .put("opened", account.term().opened().toString())
                .put("deadline", account.term().deadline().toString())
                .put("lease_seconds", lease(account.term()))
                .put(
                        "calls",
                        account.budget().calls() == null ? null : Json.of(account.budget().calls()))
                .put("parent", account.parent() == null ? null : account.parent().value())
                .put("delegation", delegation(account.delegation()))
                .put("trust", account.trust().isEmpty() ? null : Json.strings(account.trust()))
                .put("user", account.onBehalf() == null ? null : user(account.onBehalf()))
                .build();
    }

    /// @throws WireException if it is not an account
    public static Account read(Json json) {
        JsonFields fields = JsonFields.of(json);
        var agent = new AgentId(fields.string("agent"));
        return new Account(
                new AccountId(fields.string("id")),
                new TenantId(fields.string("tenant")),
                agent,
                fields.string("task"),
                Granted.fromJson(fields.items("grant")),
                binding(fields),
                new Account.Term(
                        Instant.parse(fields.string("opened")),
                        Instant.parse(fields.string("deadline")),
                        lease(fields)),
                new Budget(fields.longOrNull("calls")),
                delegation(agent, fields),
                fields.strings("trust"),
                onBehalf(fields));
    }

    /// Left out where there is nothing to say.
    private static Json.@Nullable Obj delegation(Delegation delegation) {
        if (delegation.equals(Delegation.NONE)) {
            return null;
        }
        return Json.object()
                .put(
                        "above",
                        Json.array(delegation.above().stream().map(AccountJson::actor).toList()))
                .put("delegates", names(delegation.delegates()))
                .put("depth", delegation.depth())
                .build();
    }

    private static Json actor(Actor actor) {
        return Json.object()
                .put("agent", actor.agent().value())
                .put("account", actor.account().value())
                .build();
    }

    /// What agents are called, sorted.
    static Json.Arr names(Set<AgentId> agents) {
        return Json.strings(agents.stream().map(AgentId::value).sorted().toList());
    }

    private static Delegation delegation(AgentId agent, JsonFields account) {
        String parent = account.stringOrNull("parent");
        JsonFields fields = account.objectOrNull("delegation");
        if (fields != null) {
            return new Delegation(
                    fields.items("above").stream()
                            .map(JsonFields::of)
                            .map(actor ->
                                    new Actor(
                                            new AgentId(actor.string("agent")),
                                            new AccountId(actor.string("account"))))
                            .toList(),
                    Set.copyOf(fields.strings("delegates").stream().map(AgentId::new).toList()),
                    (int) fields.longValue("depth"));
        }
        // Written before accounts said who is above them: a parent was the same agent's.
        return parent == null
                ? Delegation.NONE
                : new Delegation(
                        List.of(new Actor(agent, new AccountId(parent))),
                        Set.of(),
                        Delegation.DEPTH_MAX - 1);
    }

    private static Json.@Nullable Num lease(Account.Term term) {
        return term.lease() == null ? null : Json.of(term.lease().toSeconds());
    }

    private static @Nullable Duration lease(JsonFields account) {
        Long seconds = account.longOrNull("lease_seconds");
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static Json.Obj user(OnBehalf onBehalf) {
        return Json.object()
                .put("issuer", onBehalf.user().issuer())
                .put("sub", onBehalf.user().subject())
                .put("groups", Json.strings(onBehalf.groups()))
                .put("named", onBehalf.named() ? Json.of(true) : null)
                .put("until", onBehalf.until().toString())
                .build();
    }

    private static @Nullable OnBehalf onBehalf(JsonFields account) {
        JsonFields fields = account.objectOrNull("user");
        return fields == null
                ? null
                : new OnBehalf(
                        new UserId(fields.string("issuer"), fields.string("sub")),
                        fields.strings("groups"),
                        fields.booleanOr("named", false),
                        Instant.parse(fields.string("until")));
    }

    private static Json.@Nullable Obj confirmation(@Nullable KeyThumbprint binding) {
        return binding == null ? null : Claims.confirmation(binding);
    }

    private static @Nullable KeyThumbprint binding(JsonFields fields) {
        JsonFields confirmation = fields.objectOrNull("cnf");
        if (confirmation == null && fields.booleanOr("unbound", false)) {
            return null;
        }
        if (confirmation == null) {
            throw new WireException("`cnf` is missing");
        }
        String certificate = confirmation.stringOrNull("x5t#S256");
        return certificate != null
                ? new KeyThumbprint.Certificate(certificate)
                : new KeyThumbprint.Jwk(confirmation.string("jkt"));
    }
}
