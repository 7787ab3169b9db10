package dev.daypass.token;

import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Grant;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The claims of an access token (RFC 9068, section 2.2, with `cnf` of RFC 7800 and ours).
///
/// @param issuer `iss`
/// @param account `sub`
/// @param agent `client_id`
/// @param audience `aud`: the resource identifiers of the services that it is for
/// @param issuedAt `iat`, whole seconds
/// @param expiresAt `exp`, whole seconds
/// @param id `jti`: 128 random bits, base64url
/// @param binding `cnf`; `null` for a token that is bound to nothing, which then says `unbound`
/// @param resourceHash `rsh`: the grant's hash
/// @param grant the grant itself while it is small, else `null`
/// @param budget how many calls the account may make; written as `budget` where there is a limit
/// @param tenant `tenant`
/// @param accountTtl `account_ttl`, whole seconds: how long the account lives, for rules that ask;
///   `null` in a token that does not say
/// @param user `obo`: the user for whom the account acts, `iss` and `sub`; `null` for none
/// @param above the accounts above it, its parent first: `act` tells of them, the account's own
///   agent being the actor (RFC 8693, section 4.1); empty for an account that nobody delegated
/// @param status `status`: where a verifier that is no edge looks it up; `null` where none does
public record Claims(
        String issuer,
        AccountId account,
        AgentId agent,
        List<String> audience,
        Instant issuedAt,
        Instant expiresAt,
        String id,
        @Nullable KeyThumbprint binding,
        String resourceHash,
        @Nullable Grant grant,
        Budget budget,
        TenantId tenant,
        @Nullable Duration accountTtl,
        @Nullable UserId user,
        List<Actor> above,
        @Nullable StatusReference status) {
    /// The largest grant, in characters of its JSON, that travels inside the token.
    public static final int GRANT_CHARS_MAX = 1_800;

    /// The largest token, in bytes.
    public static final int TOKEN_BYTES_MAX = 4_096;

    /// The type of our authorization details (RFC 9396).
    public static final String DETAILS_TYPE = "agent_task";

    // Ten thousand years; what is further away is not a time.
    private static final long SECONDS_MAX = 315_576_000_000L;

    public Claims {
        audience = List.copyOf(audience);
        above = List.copyOf(above);
    }

    /// The same claims with the grant by its hash only.
    public Claims withoutGrant() {
        return new Claims(
                issuer,
                account,
                agent,
                audience,
                issuedAt,
                expiresAt,
                id,
                binding,
                resourceHash,
                null,
                budget,
                tenant,
                accountTtl,
                user,
                above,
                status);
    }

    /// `task_id`: the same digits as the account's, for a task belongs to exactly one account.
    public String taskId() {
        return "task_" + account.value().substring(4);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("iss", issuer)
                .put("sub", account.value())
                .put("client_id", agent.value())
                .put(
                        "aud",
                        audience.size() == 1
                                ? Json.of(audience.getFirst())
                                : Json.strings(audience))
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond())
                .put("jti", id)
                .put("cnf", binding == null ? null : confirmation(binding))
                .put("unbound", binding == null ? Json.of(true) : null)
                .put("task_id", taskId())
                .put("rsh", resourceHash)
                .put("authorization_details", grant == null ? null : details(grant))
                .put(
                        "budget",
                        budget.calls() == null
                                ? null
                                : Json.object().put("calls", budget.calls()).build())
                .put("tenant", tenant.value())
                .put("account_ttl", accountTtl == null ? null : Json.of(accountTtl.toSeconds()))
                .put("obo", user == null ? null : onBehalf(user))
                .put("act", act())
                .put("status", status == null ? null : referred(status))
                .build();
    }

    /// The `act` claim: the account's agent, and nested within it those it acts for, the nearest
    /// outermost (RFC 8693, section 4.1); `null` for an account that nobody delegated.
    public Json.@Nullable Obj act() {
        if (above.isEmpty()) {
            return null;
        }
        Json.Obj nested = null;
        for (Actor actor : above.reversed()) {
            nested = act(actor, nested);
        }
        return act(new Actor(agent, account), nested);
    }

    private static Json.Obj act(Actor actor, Json.@Nullable Obj nested) {
        return Json.object()
                .put("sub", actor.agent().value())
                .put("account", actor.account().value())
                .put("act", nested)
                .build();
    }

    /// The `obo` claim: on behalf of whom. The user does not act, so they are no `act` (RFC 8693,
    /// section 4.1), and `sub` stays the account.
    public static Json.Obj onBehalf(UserId user) {
        return Json.object().put("iss", user.issuer()).put("sub", user.subject()).build();
    }

    /// The `cnf` claim of a binding.
    public static Json.Obj confirmation(KeyThumbprint binding) {
        return switch (binding) {
            case KeyThumbprint.Certificate(var value) ->
                    Json.object().put("x5t#S256", value).build();
            case KeyThumbprint.Jwk(var value) -> Json.object().put("jkt", value).build();
        };
    }

    /// `token_type`: how a token is to be sent (RFC 6750; RFC 9449, section 5).
    public static String tokenType(@Nullable KeyThumbprint binding) {
        return binding instanceof KeyThumbprint.Jwk ? "DPoP" : "Bearer";
    }

    /// The grant as authorization details (RFC 9396, section 2).
    public static Json.Arr details(Grant grant) {
        return Json.array(
                List.of(
                        Json.object()
                                .put("type", DETAILS_TYPE)
                                .put("grant", grant.toJson())
                                .build()));
    }

    /// Reads the payload of a token whose signature is already known to be right.
    ///
    /// @throws WireException if a claim is missing, malformed or unknown
    public static Claims parse(String payload) {
        return read(JsonFields.of(Json.parse(payload)));
    }

    private static Claims read(JsonFields fields) {
        String issuer = fields.string("iss");
        AccountId account = named("sub", () -> new AccountId(fields.string("sub")));
        AgentId agent = named("client_id", () -> new AgentId(fields.string("client_id")));
        Claims claims =
                new Claims(
                        issuer,
                        account,
                        agent,
                        audience(fields),
                        time("iat", fields),
                        time("exp", fields),
                        fields.string("jti"),
                        named("cnf", () -> binding(fields)),
                        fields.string("rsh"),
                        grant(fields),
                        named("budget", () -> budget(fields)),
                        named("tenant", () -> new TenantId(fields.string("tenant"))),
                        accountTtl(fields),
                        named("obo", () -> user(fields)),
                        above(named("act", () -> actors(fields)), new Actor(agent, account)),
                        named("status", () -> status(fields)));
        if (!claims.taskId().equals(fields.string("task_id"))) {
            throw new WireException("`task_id` is not the account's");
        }
        fields.end();
        return claims;
    }

    private static <T extends @Nullable Object> T named(String claim, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new WireException("`%s`: %s".formatted(claim, e.getMessage()));
        }
    }

    private static @Nullable Duration accountTtl(JsonFields fields) {
        Long seconds = fields.longOrNull("account_ttl");
        if (seconds != null && (seconds < 0 || seconds > SECONDS_MAX)) {
            throw new WireException("`account_ttl` is not a time");
        }
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static Instant time(String claim, JsonFields fields) {
        long seconds = fields.longValue(claim);
        if (seconds < -SECONDS_MAX || seconds > SECONDS_MAX) {
            throw new WireException("`%s` is not a time".formatted(claim));
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static List<String> audience(JsonFields fields) {
        List<String> audience =
                fields.take("aud") instanceof Json.Str(var one)
                        ? List.of(one)
                        : fields.strings("aud");
        if (audience.isEmpty()) {
            throw new WireException("`aud` is missing; expected a string, or an array of them");
        }
        return audience;
    }

    /// That a token is bound to nothing must be said: what is missing may have been left out.
    private static @Nullable KeyThumbprint binding(JsonFields fields) {
        JsonFields confirmation = fields.objectOrNull("cnf");
        boolean unbound = fields.booleanOr("unbound", false);
        if (unbound != (confirmation == null)) {
            throw new WireException(unbound ? "`unbound` with `cnf`" : "`cnf` is missing");
        }
        if (confirmation == null) {
            return null;
        }
        String certificate = confirmation.stringOrNull("x5t#S256");
        String jwk = confirmation.stringOrNull("jkt");
        confirmation.end();
        if ((certificate == null) == (jwk == null)) {
            throw new WireException("`cnf` must hold one of x5t#S256 and jkt");
        }
        return certificate != null
                ? new KeyThumbprint.Certificate(certificate)
                : new KeyThumbprint.Jwk(jwk);
    }

    /// The actors nested in each other, the outermost first.
    private static List<Actor> actors(JsonFields fields) {
        var actors = new ArrayList<Actor>();
        JsonFields act = fields.objectOrNull("act");
        while (act != null) {
            actors.add(
                    new Actor(
                            new AgentId(act.string("sub")), new AccountId(act.string("account"))));
            JsonFields nested = act.objectOrNull("act");
            act.end();
            act = nested;
        }
        return actors;
    }

    /// Those above the account; the outermost is the account's own agent, or the token lies.
    private static List<Actor> above(List<Actor> actors, Actor own) {
        if (actors.isEmpty()) {
            return actors;
        }
        if (actors.size() == 1 || !actors.getFirst().equals(own)) {
            throw new WireException("`act` is not the account's agent with those above it");
        }
        return actors.subList(1, actors.size());
    }

    private static @Nullable UserId user(JsonFields fields) {
        JsonFields user = fields.objectOrNull("obo");
        if (user == null) {
            return null;
        }
        var read = new UserId(user.string("iss"), user.string("sub"));
        user.end();
        return read;
    }

    private static Json.Obj referred(StatusReference status) {
        Json.Obj list = Json.object().put("idx", status.index()).put("uri", status.uri()).build();
        return Json.object().put("status_list", list).build();
    }

    private static @Nullable StatusReference status(JsonFields fields) {
        JsonFields status = fields.objectOrNull("status");
        if (status == null) {
            return null;
        }
        JsonFields list = status.objectOrNull("status_list");
        if (list == null) {
            throw new WireException("`status` must hold `status_list`");
        }
        long index = list.longValue("idx");
        if (index < 0 || index >= StatusList.ENTRIES_MAX) {
            throw new WireException("`status`: `idx` is outside every list");
        }
        var read = new StatusReference(list.string("uri"), (int) index);
        list.end();
        status.end();
        return read;
    }

    private static Budget budget(JsonFields fields) {
        JsonFields budget = fields.objectOrNull("budget");
        if (budget == null) {
            return Budget.UNLIMITED;
        }
        var read = new Budget(budget.longValue("calls"));
        budget.end();
        return read;
    }

    private static @Nullable Grant grant(JsonFields fields) {
        List<Json> details = fields.items("authorization_details");
        if (details.isEmpty()) {
            return null;
        }
        if (details.size() == 1
                && details.getFirst() instanceof Json.Obj(SequencedMap<String, Json> members)) {
            Json grant = members.get("grant");
            if (members.size() == 2
                    && Json.of(DETAILS_TYPE).equals(members.get("type"))
                    && grant != null) {
                return granted(grant);
            }
        }
        throw new WireException("`authorization_details` must be one `agent_task` with its grant");
    }

    private static Grant granted(Json grant) {
        try {
            return Grant.fromJson(grant);
        } catch (WireException e) {
            throw new WireException("`authorization_details`: " + e.getMessage());
        }
    }
}
