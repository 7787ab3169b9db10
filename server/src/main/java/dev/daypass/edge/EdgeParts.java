package dev.daypass.edge;

import dev.daypass.config.Config;
import dev.daypass.feed.EdgeLink;
import dev.daypass.identity.SpiffeId;
import dev.daypass.permission.Permission;
import dev.daypass.policy.AccountFacts;
import dev.daypass.policy.AgentFacts;
import dev.daypass.policy.GrantLeaf;
import dev.daypass.policy.PolicyInput;
import dev.daypass.policy.RequestFacts;
import dev.daypass.policy.Stage;
import dev.daypass.token.Claims;
import dev.daypass.token.TokenSignatures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// What all event loops of an edge share.
///
/// @param trust whose tokens are accepted
/// @param view what the edge knows
/// @param active calls under way
/// @param link to the broker
/// @param refused records refused calls
/// @param refusals the problem documents
/// @param limits timeouts and sizes
/// @param protection of services and callers from each other
/// @param clocks wall clock and monotonic clock
record EdgeParts(
        Edge.Trust trust,
        EdgeView view,
        ActiveCalls active,
        EdgeLink link,
        RefusedCalls refused,
        Refusals refusals,
        Config.Edge limits,
        Protection protection,
        Edge.Clocks clocks) {

    InstantSource clock() {
        return clocks.wall();
    }

    LongSupplier nanoTime() {
        return clocks.nanoTime();
    }

    String issuer() {
        return trust.issuer();
    }

    TokenSignatures signatures() {
        return trust.signatures();
    }

    Destinations destinations() {
        return new Destinations(trust.upstreams());
    }

    boolean readsDurableFirst() {
        return trust.readsDurableFirst();
    }

    PolicyInput policyInput(Call.Permitted call) {
        Claims claims = call.verified().token().claims();
        Permission by = call.by();
        var leaf =
                new GrantLeaf(
                        by.operation().service().value(),
                        by.operation().name(),
                        by.method().name(),
                        by.path().toString(),
                        call.verified().from().route().surface().traits(by.operation()));
        Duration accountTtl = claims.accountTtl();
        return new PolicyInput(
                Stage.CALL,
                new AgentFacts(
                        claims.agent().value(),
                        new SpiffeId(trust.trustDomain(), claims.agent()).uri()),
                new AccountFacts(
                        claims.account().value(),
                        "",
                        accountTtl != null
                                ? accountTtl
                                : Duration.between(claims.issuedAt(), claims.expiresAt()),
                        claims.budget().calls(),
                        null,
                        List.of(leaf),
                        claims.user()),
                new RequestFacts(
                        call.arrived().ip(),
                        clock().instant(),
                        call.canonical().method().name(),
                        call.canonical().path()));
    }
}
