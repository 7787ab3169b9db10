package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.Delegation;
import dev.daypass.account.OnBehalf;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request for an account, as the agent makes it.
///
/// @param claimant who asks
/// @param task what it will do
/// @param ttl how long it wants; `null` for the default
/// @param services only these; empty for any
/// @param below what it is to be delegated from, and to whom
/// @param calls the most calls it wants to make, or `null`
/// @param trust sources whose words may widen the account later
/// @param onBehalf the user for whom the account is to act, as their token proved; `null` for none
/// @param binding what its tokens are to be bound to
/// @param lease after how long it ends unless it is renewed; `null` for never
public record OpenRequest(
        Claimant claimant,
        String task,
        @Nullable Duration ttl,
        Set<ServiceId> services,
        Below below,
        @Nullable Long calls,
        List<String> trust,
        @Nullable OnBehalf onBehalf,
        Binding binding,
        @Nullable Duration lease) {
    public OpenRequest {
        services = Set.copyOf(services);
        trust = List.copyOf(trust);
    }

    /// A request for no user, and an account that is bound to the agent's own certificate.
    public OpenRequest(
            Claimant claimant,
            String task,
            @Nullable Duration ttl,
            Set<ServiceId> services,
            @Nullable AccountId parent,
            @Nullable Long calls,
            List<String> trust) {
        this(
                claimant,
                task,
                ttl,
                services,
                Below.of(parent),
                calls,
                trust,
                null,
                new Binding.OwnCertificate(),
                null);
    }

    /// The same request for a user.
    public OpenRequest onBehalfOf(@Nullable OnBehalf user) {
        return new OpenRequest(
                claimant, task, ttl, services, below, calls, trust, user, binding, lease);
    }

    /// A request that trusts no source but the agent.
    public OpenRequest(
            Claimant claimant,
            String task,
            @Nullable Duration ttl,
            Set<ServiceId> services,
            @Nullable AccountId parent,
            @Nullable Long calls) {
        this(claimant, task, ttl, services, parent, calls, List.of());
    }

    /// The same request for accounts of these services only.
    public OpenRequest within(Set<ServiceId> narrower) {
        return new OpenRequest(
                claimant, task, ttl, narrower, below, calls, trust, onBehalf, binding, lease);
    }

    /// The same request of somebody else.
    public OpenRequest by(Claimant other) {
        return new OpenRequest(
                other, task, ttl, services, below, calls, trust, onBehalf, binding, lease);
    }

    /// The same request for an account below another.
    public OpenRequest below(Below other) {
        return new OpenRequest(
                claimant, task, ttl, services, other, calls, trust, onBehalf, binding, lease);
    }

    /// The account to delegate from, or `null`.
    public @Nullable AccountId parent() {
        return below.parent();
    }

    /// The same request with tokens that are bound to something else.
    public OpenRequest boundTo(Binding other) {
        return new OpenRequest(
                claimant, task, ttl, services, below, calls, trust, onBehalf, other, lease);
    }

    /// The same request for an account that ends unless its lease is renewed.
    public OpenRequest leased(@Nullable Duration other) {
        return new OpenRequest(
                claimant, task, ttl, services, below, calls, trust, onBehalf, binding, other);
    }

    /// What an account is to be delegated from, and who may delegate from it.
    ///
    /// @param parent the account above it, or `null`
    /// @param delegates the agents that may open accounts below it, besides its own
    /// @param depth how many generations may be below it; `null` for as many as are permitted, or
    ///   one where there are delegates
    public record Below(
            @Nullable AccountId parent, Set<AgentId> delegates, @Nullable Integer depth) {
        public Below {
            delegates = Set.copyOf(delegates);
        }

        /// Below `parent`, or below none where it is `null`.
        public static Below of(@Nullable AccountId parent) {
            return new Below(parent, Set.of(), null);
        }

        /// Where the new account stands.
        ///
        /// @param above the account that `parent` names
        Delegation under(@Nullable Account above) {
            return above != null
                    ? Delegation.below(above, delegates, depth)
                    : Delegation.first(delegates, depth);
        }
    }

    /// What tokens are to be bound to (RFC 7800, section 3).
    public sealed interface Binding {
        /// The certificate that the agent showed, or its newest one.
        record OwnCertificate() implements Binding {}

        /// A key of the agent's choice, which it proves at the edge (RFC 9449, section 6).
        ///
        /// @param key its thumbprint
        record Key(KeyThumbprint.Jwk key) implements Binding {}

        /// The agent showed no key beside its assertion: its newest certificate, unless it names
        /// nothing but services that take tokens without a binding.
        record NothingShown() implements Binding {}
    }

    /// Who a caller claims and has proved to be.
    ///
    /// @param tenant the tenant
    /// @param agent the agent
    /// @param proof the key that was proved: the certificate of this connection, or the agent's
    ///   newest one
    /// @param ip where the request comes from
    public record Claimant(TenantId tenant, AgentId agent, KeyThumbprint proof, String ip) {}
}
