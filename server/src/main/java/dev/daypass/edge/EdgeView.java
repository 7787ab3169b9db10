package dev.daypass.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.budget.Allowance;
import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.NewsFact;
import dev.daypass.ledger.Recorded;
import dev.daypass.ledger.ToolFact;
import dev.daypass.policy.Rules;
import dev.daypass.revocation.EdgeMembership;
import dev.daypass.revocation.EndedAccounts;
import dev.daypass.token.VerifiedToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that a call needs, in memory: routes, rules, ended accounts, allowances, verified
/// tokens. Follows the feed. Thread-safe.
final class EdgeView {
    // A clock that is set back by less makes nothing that ended valid again.
    private static final long KEPT_MILLIS = 3 * EdgeMembership.GRACE_MILLIS;
    private static final int NOTICED_MAX = 10_000;
    private static final int TOKENS_MAX = 20_000;

    private final Map<ServiceId, ServiceRoute> routes = new ConcurrentHashMap<>();
    private final EndedAccounts ended = new EndedAccounts();
    private final Map<AccountId, Allowance> allowances = new ConcurrentHashMap<>();
    private final Cache<String, VerifiedToken> tokens =
            Caffeine.newBuilder().maximumSize(TOKENS_MAX).executor(Runnable::run).build();
    private final Set<String> noticed = ConcurrentHashMap.newKeySet();
    private final CookieJars jars = new CookieJars();
    private final McpStates states = new McpStates();
    private final WideningWaits waits = new WideningWaits();
    private final McpSessions sessions = new McpSessions(System::nanoTime, this::ended);
    private volatile Consumer<String> endUpstream = _ -> {};
    private final ActiveCalls active;
    private final InstantSource clock;
    private volatile Rules rules = Rules.none();

    EdgeView(ActiveCalls active, InstantSource clock) {
        this.active = active;
        this.clock = clock;
    }

    void join(EdgeLink link) {
        Snapshot snapshot = link.join(recorded -> hear(recorded, link));
        snapshot.services().forEach(route -> routes.putIfAbsent(route.id(), route));
        snapshot.ended().forEach(ended::add);
        rules = Rules.inForce(snapshot.rules());
    }

    private void hear(Recorded recorded, EdgeLink link) {
        waits.hear(recorded);
        switch (recorded.fact()) {
            case Fact.AccountEnded(var _, var _, var deadline) -> {
                AccountId account = recorded.account();
                if (account != null) {
                    end(account, deadline);
                }
            }
            case Fact.ServiceAdded added -> refresh(recorded.tenant(), added.service(), link);
            case Fact.TraitsCorrected corrected ->
                    refresh(recorded.tenant(), corrected.service(), link);
            case ToolFact.ToolChanged changed ->
                    refresh(recorded.tenant(), changed.service(), link);
            case ToolFact.ToolAccepted accepted ->
                    refresh(recorded.tenant(), accepted.service(), link);
            case Fact.ServiceRemoved(var service) -> routes.remove(service);
            case Fact.RulesChanged(var _, var text) -> rules = Rules.inForce(text);
            case Fact.AgentAdded _,
                    Fact.AgentEnrolled _,
                    Fact.AgentRemoved _,
                    Fact.OpenRefused _,
                    Fact.ApprovalAsked _,
                    Fact.AccountOpened _,
                    Fact.AccountWidened _,
                    Fact.WideningAsked _,
                    Fact.WideningRefused _,
                    Fact.Shredded _,
                    Fact.TokenRenewed _,
                    Fact.CredentialRenewed _,
                    Fact.CallsReserved _,
                    Fact.EdgeChanged _,
                    NewsFact _,
                    Fact.CallMade _,
                    Fact.CallRefused _ -> {}
        }
    }

    private void refresh(TenantId tenant, ServiceId of, EdgeLink link) {
        routes.compute(of, (service, _) -> link.route(tenant, service));
        noticed.clear();
    }

    /// Whether this change of a tool is news to this edge. Here the tool is refused from now on,
    /// not only when the fact is heard.
    boolean notice(ToolFact.ToolChanged changed) {
        if (noticed.size() >= NOTICED_MAX
                || !noticed.add(changed.service() + " " + changed.tool())) {
            return false;
        }
        routes.computeIfPresent(
                changed.service(), (_, route) -> route.waiting(changed.tool(), changed.hash()));
        return true;
    }

    private void end(AccountId account, Instant deadline) {
        ended.add(account, deadline);
        allowances.remove(account);
        jars.end(account);
        sessions.end(account);
        active.cut(account);
    }

    /// Drops what no token can refer to any more.
    void forget() {
        ended.forgetBefore(clock.instant().minusMillis(KEPT_MILLIS));
        sessions.forget();
    }

    @Nullable ServiceRoute route(ServiceId service) {
        return routes.get(service);
    }

    /// Whether a service is an MCP server.
    boolean mcp(String service) {
        ServiceRoute route = routes.get(new ServiceId(service));
        return route != null && route.pins() != null;
    }

    boolean ended(AccountId account) {
        return ended.contains(account);
    }

    Rules rules() {
        return rules;
    }

    Allowance allowance(AccountId account) {
        return allowances.computeIfAbsent(account, _ -> new Allowance());
    }

    /// Whether a living account's calls that are set aside here are all made.
    boolean spent(AccountId account) {
        Allowance allowance = allowances.get(account);
        return allowance != null && allowance.spent();
    }

    /// The cookies of living accounts.
    CookieJars jars() {
        return jars;
    }

    /// Sessions of living accounts with MCP servers.
    McpSessions sessions() {
        return sessions;
    }

    /// Whoever must hear of it when a session with an MCP server is over.
    void onSessionEnd(Consumer<String> heard) {
        endUpstream = heard;
    }

    private void ended(McpSession session) {
        String upstream = session.upstream();
        if (upstream != null) {
            endUpstream.accept(upstream);
        }
    }

    /// Binds what MCP servers let clients keep.
    McpStates states() {
        return states;
    }

    /// What accounts would have, or have come to have, by a human's decision.
    WideningWaits waits() {
        return waits;
    }

    Cache<String, VerifiedToken> tokens() {
        return tokens;
    }
}
