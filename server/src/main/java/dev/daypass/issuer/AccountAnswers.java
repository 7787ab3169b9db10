package dev.daypass.issuer;

import dev.daypass.account.Account;
import dev.daypass.account.Delegation;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Confidence;
import dev.daypass.broker.Minting;
import dev.daypass.broker.Opening;
import dev.daypass.broker.Refusal;
import dev.daypass.broker.Revoked;
import dev.daypass.broker.Waits;
import dev.daypass.broker.Widening;
import dev.daypass.broker.Widenings;
import dev.daypass.http.Problem;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.UserId;
import dev.daypass.intent.Confined;
import dev.daypass.intent.Dropped;
import dev.daypass.intent.Notice;
import dev.daypass.permission.Leaf;
import dev.daypass.policy.Decision;
import dev.daypass.store.StoredAccount;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What agents and operators are told of accounts.
public final class AccountAnswers {
    private final Minting minting;

    public AccountAnswers(Minting minting) {
        this.minting = minting;
    }

    Json.Obj active(Opening.Active opened, Instant now) {
        return common(opened.account(), "active")
                .put("access_token", opened.token())
                .put("token_type", Claims.tokenType(opened.account().binding()))
                .put("expires_in", seconds(now, opened.tokenExpires()))
                .put("resource_hash", opened.account().grant().resourceHash())
                .put("grant", grant(opened.account()))
                .put("dropped", dropped(opened.confined()))
                .put("dropped_more", more(opened.confined()))
                .put("confidence", Confidence.toJson(opened.confined().confidence()))
                .put("notices", notices(opened.confined()))
                .put("questions", Json.strings(opened.confined().questions()))
                .put("endpoints", endpoints(opened.account()))
                .build();
    }

    Json.Obj waiting(Opening.Waiting waiting) {
        return common(waiting.account(), "awaiting_approval")
                .put("waits_until", waiting.waitsUntil().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("needs", needs(waiting.needs()))
                .put("grant", grant(waiting.account()))
                .put("waiting", Waits.json(waiting.confined().waiting()))
                .put("dropped", dropped(waiting.confined()))
                .put("dropped_more", more(waiting.confined()))
                .put("confidence", Confidence.toJson(waiting.confined().confidence()))
                .put("notices", notices(waiting.confined()))
                .put("questions", Json.strings(waiting.confined().questions()))
                .build();
    }

    /// What the edges said of an ending.
    public static Json.Obj edges(Revoked revoked) {
        return Json.object()
                .put("acknowledged", revoked.edges().acknowledged())
                .put("waited_out", revoked.edges().waitedOut())
                .put("micros", revoked.edges().nanos() / 1_000)
                .build();
    }

    /// The account as it is, and what became of the try to widen it.
    Json.Obj widened(Widening.Granted granted, Instant now) {
        return common(granted.account(), "active")
                .put("access_token", granted.token())
                .put("token_type", Claims.tokenType(granted.account().binding()))
                .put("expires_in", seconds(now, granted.tokenExpires()))
                .put("resource_hash", granted.account().grant().resourceHash())
                .put("grant", grant(granted.account()))
                .put("widening", state(granted.widening(), "granted"))
                .put("widenings_left", left(granted.widening()))
                .put("dropped", dropped(granted.confined()))
                .put("dropped_more", more(granted.confined()))
                .put("confidence", Confidence.toJson(granted.confined().confidence()))
                .put("notices", notices(granted.confined()))
                .put("questions", Json.strings(granted.confined().questions()))
                .put("endpoints", endpoints(granted.account()))
                .build();
    }

    /// The account as it is, and what a human is asked.
    Json.Obj widening(Widening.Waiting waiting) {
        return common(waiting.account(), "active")
                .put("resource_hash", waiting.account().grant().resourceHash())
                .put("grant", grant(waiting.account()))
                .put("widening", state(waiting.widening(), "awaiting_approval"))
                .put("widenings_left", left(waiting.widening()))
                .put("needs", needs(waiting.needs()))
                .put("dropped", dropped(waiting.confined()))
                .put("dropped_more", more(waiting.confined()))
                .put("confidence", Confidence.toJson(waiting.confined().confidence()))
                .put("notices", notices(waiting.confined()))
                .put("questions", Json.strings(waiting.confined().questions()))
                .build();
    }

    private static Json.Obj state(Json.Obj widening, String state) {
        var out = new LinkedHashMap<String, Json>();
        out.put("state", Json.of(state));
        out.putAll(widening.members());
        return Json.obj(out);
    }

    private static long left(Json.Obj widening) {
        return Widenings.WIDENINGS_MAX - JsonFields.of(widening).longValue("number");
    }

    private static Json.@Nullable Num more(Confined confined) {
        return confined.droppedMore() == 0 ? null : Json.of(confined.droppedMore());
    }

    /// The rules that want a human.
    public static Json.Arr needs(List<Decision.Need> needs) {
        return Json.array(needs.stream().map(Decision.Need::toJson).toList());
    }

    /// What of the text was not counted.
    public static Json.Arr notices(Confined confined) {
        return Json.array(confined.notices().stream().map(Notice::toJson).toList());
    }

    private static JsonObjectBuilder common(Account account, String state) {
        return Json.object()
                .put("id", account.id().value())
                .put("state", state)
                .put("task", account.task())
                .put("agent", account.agent().value())
                .put(
                        "expires_at",
                        account.term().deadline().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "calls_max",
                        account.budget().calls() == null ? null : Json.of(account.budget().calls()))
                .put("parent", account.parent() == null ? null : account.parent().value())
                .put("delegates", delegates(account))
                .put("depth", depth(account))
                .put("trust", trust(account))
                .put("user", user(account))
                .put("unbound", unbound(account));
    }

    private static Json.@Nullable Obj user(@Nullable Account account) {
        UserId user = account == null ? null : account.user();
        return user == null
                ? null
                : Json.object().put("issuer", user.issuer()).put("sub", user.subject()).build();
    }

    /// Said only where it is so: it is nothing that anybody should get used to.
    private static Json.@Nullable Bool unbound(@Nullable Account account) {
        return account != null && account.binding() == null ? Json.of(true) : null;
    }

    private static Json.@Nullable Arr delegates(@Nullable Account account) {
        return account == null || account.delegation().delegates().isEmpty()
                ? null
                : Json.strings(
                        account.delegation().delegates().stream()
                                .map(AgentId::value)
                                .sorted()
                                .toList());
    }

    private static Json.@Nullable Num depth(@Nullable Account account) {
        return account == null || account.delegation().depth() == Delegation.DEPTH_MAX
                ? null
                : Json.of(account.delegation().depth());
    }

    private static Json.@Nullable Arr trust(@Nullable Account account) {
        return account == null || account.trust().isEmpty() ? null : Json.strings(account.trust());
    }

    /// An account as it is kept: all of it while it lives, its bones once it has ended.
    ///
    /// @param widenings what became of each try to widen it
    public Json.Obj stored(StoredAccount stored, List<Json> widenings) {
        JsonFields opening = Broker.opening(stored).orElse(null);
        Account account = Broker.details(stored).orElse(null);
        return Json.object()
                .put("id", stored.id().value())
                .put("state", stored.state().word())
                .put("reason", stored.reason() == null ? null : stored.reason().word())
                .put("task", account == null ? null : account.task())
                .put("agent", stored.agent().value())
                .put("opened_at", stored.opened().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("expires_at", stored.deadline().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "ended_at",
                        stored.ended() == null
                                ? null
                                : stored.ended().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("calls_max", stored.callsMax() == null ? null : Json.of(stored.callsMax()))
                .put("calls_used", stored.callsMax() == null ? null : Json.of(stored.callsUsed()))
                .put("parent", stored.parent() == null ? null : stored.parent().value())
                .put("delegates", delegates(account))
                .put("depth", depth(account))
                .put("trust", trust(account))
                .put("unbound", unbound(account))
                .put("user", user(account))
                .put("needs", opening == null ? null : opening.take("rules"))
                .put("waiting", opening == null ? null : opening.take("waiting"))
                .put("widenings", widenings.isEmpty() ? null : Json.array(widenings))
                .put("resource_hash", account == null ? null : account.grant().resourceHash())
                .put("grant", account == null ? null : grant(account))
                .put("endpoints", account == null ? null : endpoints(account))
                .build();
    }

    public static Json.Arr grant(Account account) {
        return Json.array(account.leaves().stream().map(Leaf::told).toList());
    }

    public static Json.Arr dropped(Confined confined) {
        return Json.array(confined.dropped().stream().map(Dropped::toJson).toList());
    }

    private Json.Obj endpoints(Account account) {
        var out = new TreeMap<String, Json>();
        account.grant().services().forEach(s -> out.put(s.value(), Json.of(minting.resource(s))));
        return Json.obj(out);
    }

    static long seconds(Instant now, Instant until) {
        return Math.max(0, Duration.between(now, until).toSeconds());
    }

    /// A refusal as a problem document.
    public static Problem problem(Refusal refusal) {
        Problem problem =
                switch (refusal.kind()) {
                    case UNKNOWN_CALLER ->
                            Problem.of("invalid-client", "Unknown agent", 401, refusal.detail());
                    case MALFORMED -> Problem.malformed(refusal.detail());
                    case TOO_MANY ->
                            Problem.of("too-many", "Too many requests", 429, refusal.detail());
                    case NOT_UNDERSTOOD ->
                            Problem.of("not-understood", "Not understood", 422, refusal.detail());
                    case NOTHING_TO_GRANT ->
                            Problem.of("empty-grant", "Nothing to grant", 422, refusal.detail());
                    case FORBIDDEN -> Problem.of("denied-by-rule", "Denied", 403, refusal.detail());
                    case NOT_FOUND -> Problem.notFound(refusal.detail());
                    case CONFLICT ->
                            Problem.of(
                                    "conflict", "Not in the state for this", 409, refusal.detail());
                    case UNAVAILABLE -> Problem.unavailable(refusal.detail());
                };
        problem = problem.at(refusal.step()).next(refusal.next());
        for (var member : refusal.extra().entrySet()) {
            problem = problem.member(member.getKey(), member.getValue());
        }
        return refusal.extra().get("retry_after") instanceof Json.Num(var seconds)
                ? problem.header("retry-after", seconds.toString())
                : problem;
    }
}
