package dev.daypass.broker;

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
/// @param parent the account to delegate from, or `null`
/// @param calls the most calls it wants to make, or `null`
/// @param trust sources whose words may widen the account later
/// @param onBehalf the user for whom the account is to act, as their token proved; `null` for none
public record OpenRequest(
        Claimant claimant,
        String task,
        @Nullable Duration ttl,
        Set<ServiceId> services,
        @Nullable AccountId parent,
        @Nullable Long calls,
        List<String> trust,
        @Nullable OnBehalf onBehalf) {
    public OpenRequest {
        services = Set.copyOf(services);
        trust = List.copyOf(trust);
    }

    /// A request for no user.
    public OpenRequest(
            Claimant claimant,
            String task,
            @Nullable Duration ttl,
            Set<ServiceId> services,
            @Nullable AccountId parent,
            @Nullable Long calls,
            List<String> trust) {
        this(claimant, task, ttl, services, parent, calls, trust, null);
    }

    /// The same request for a user.
    public OpenRequest onBehalfOf(OnBehalf user) {
        return new OpenRequest(claimant, task, ttl, services, parent, calls, trust, user);
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

    /// Who a caller claims and has proved to be.
    ///
    /// @param tenant the tenant
    /// @param agent the agent
    /// @param proof the key that was proved: the certificate of this connection, or the agent's
    ///   newest one
    /// @param ip where the request comes from
    public record Claimant(TenantId tenant, AgentId agent, KeyThumbprint proof, String ip) {}
}
