package dev.daypass.broker;

import dev.daypass.budget.TokenBucket;
import dev.daypass.catalog.CatalogJson;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Reach;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.policy.Rules;
import dev.daypass.store.Correction;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredService;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Agents, services and rules in memory, as one immutable view that is replaced whole when one of
/// them changes.
final class Directory {
    private final Store store;
    private final LongSupplier nanoTime;
    private final Rates rates;
    private volatile Runnable others = () -> {};
    private volatile View view = new View(Map.of(), Map.of(), Map.of(), Map.of(), Set.of());

    Directory(Store store, LongSupplier nanoTime, Rates rates) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.rates = rates;
        refresh();
    }

    /// @param opensPerSecond of one agent; its renewals are counted apart, at the same rate
    /// @param opensBurst of one agent after a pause
    /// @param tenantOpensPerSecond of all agents of a tenant together
    record Rates(double opensPerSecond, int opensBurst, int tenantOpensPerSecond) {
        TokenBucket agent(long now) {
            return new TokenBucket(opensPerSecond, opensBurst, now);
        }

        /// At once, a tenant may open what it may open in a second, and no less than one agent.
        TokenBucket tenant(long now) {
            return new TokenBucket(
                    tenantOpensPerSecond, Math.max(tenantOpensPerSecond, opensBurst), now);
        }
    }

    /// @param agents by tenant and name
    /// @param services by tenant and name
    /// @param tenants catalog and rules of each tenant
    /// @param corrections what operators said of operations, by tenant
    /// @param mcp services that are MCP servers
    record View(
            Map<Key<AgentId>, Agent> agents,
            Map<Key<ServiceId>, StoredService> services,
            Map<TenantId, Tenant> tenants,
            Map<TenantId, Map<OperationId, Correction>> corrections,
            Set<Key<ServiceId>> mcp) {
        Map<OperationId, Correction> corrections(TenantId tenant) {
            return corrections.getOrDefault(tenant, Map.of());
        }

        @Nullable Agent agent(TenantId tenant, AgentId id) {
            return agents.get(new Key<>(tenant, id));
        }

        Tenant tenant(TenantId id) {
            return tenants.getOrDefault(id, Tenant.EMPTY);
        }

        /// Whether a service is an MCP server.
        boolean mcp(TenantId tenant, ServiceId service) {
            return mcp.contains(new Key<>(tenant, service));
        }

        boolean has(TenantId tenant, ServiceId service) {
            return services.containsKey(new Key<>(tenant, service));
        }

        /// Whether each of these services takes tokens that are bound to nothing, and there is one.
        boolean acceptUnbound(TenantId tenant, Set<ServiceId> named) {
            return !named.isEmpty()
                    && named.stream()
                            .map(id -> services.get(new Key<>(tenant, id)))
                            .allMatch(service -> service != null && service.acceptUnbound());
        }

        /// Whether one of these services verifies tokens itself.
        boolean verifyTokens(TenantId tenant, Set<ServiceId> named) {
            return named.stream()
                    .map(id -> services.get(new Key<>(tenant, id)))
                    .anyMatch(service -> service != null && service.verifiesTokens());
        }

        List<StoredService> services(TenantId tenant) {
            return services.values().stream().filter(s -> s.tenant().equals(tenant)).toList();
        }
    }

    record Key<T>(TenantId tenant, T name) {}

    /// @param catalog every operation of the tenant's services
    /// @param rules the tenant's rules
    /// @param rate how fast all its agents together may open accounts
    record Tenant(Catalog catalog, Rules rules, TokenBucket rate) {
        /// Of a tenant that has no agents, and so opens nothing.
        static final Tenant EMPTY =
                new Tenant(Catalog.of(List.of()), Rules.none(), new TokenBucket(1, 1, 0));
    }

    View view() {
        return view;
    }

    /// The same after a change made here, and waits until every other server has done so too.
    void changed() {
        refresh();
        others.run();
    }

    /// @param waiting waits for other servers; not called on the writer's thread
    void others(Runnable waiting) {
        others = waiting;
    }

    /// Reads everything anew. Rates of agents and tenants that stay go on where they were.
    synchronized void refresh() {
        var services = new HashMap<Key<ServiceId>, StoredService>();
        var operations = new HashMap<TenantId, List<Operation>>();
        var mcp = new HashSet<Key<ServiceId>>();
        var corrections = new HashMap<TenantId, Map<OperationId, Correction>>();
        for (Correction correction : store.corrections()) {
            corrections
                    .computeIfAbsent(correction.tenant(), _ -> new HashMap<>())
                    .put(correction.operation(), correction);
        }
        for (StoredService service : store.services()) {
            var key = new Key<>(service.tenant(), service.id());
            services.put(key, service);
            Json catalog = catalog(service);
            if (CatalogJson.pins(catalog) != null) {
                mcp.add(key);
            }
            operations
                    .computeIfAbsent(service.tenant(), _ -> new ArrayList<>())
                    .addAll(
                            Corrections.apply(
                                    CatalogJson.read(catalog),
                                    corrections.getOrDefault(service.tenant(), Map.of())));
        }
        operations.computeIfAbsent(TenantId.DEFAULT, _ -> new ArrayList<>());
        var tenants = new HashMap<TenantId, Tenant>();
        operations.forEach((tenant, all) ->
                tenants.put(tenant, new Tenant(Catalog.of(all), rules(tenant), rate(tenant))));
        var agents = new HashMap<Key<AgentId>, Agent>();
        // Agents of one tenant with the same ceiling share what it comes to.
        var reaches = new HashMap<TenantId, Map<Ceiling, Reach>>();
        for (StoredAgent stored : store.agents()) {
            var key = new Key<>(stored.tenant(), stored.id());
            Catalog all = tenants.getOrDefault(stored.tenant(), Tenant.EMPTY).catalog();
            agents.put(
                    key,
                    agent(
                            stored,
                            all,
                            reaches.computeIfAbsent(stored.tenant(), _ -> new HashMap<>()),
                            view.agents().get(key)));
        }
        view =
                new View(
                        Map.copyOf(agents),
                        Map.copyOf(services),
                        Map.copyOf(tenants),
                        Map.copyOf(corrections),
                        Set.copyOf(mcp));
    }

    private TokenBucket rate(TenantId tenant) {
        Tenant before = view.tenants().get(tenant);
        return before != null ? before.rate() : rates.tenant(nanoTime.getAsLong());
    }

    private Rules rules(TenantId tenant) {
        return Rules.inForce(store.rules(tenant));
    }

    /// The operations of a service as its document has them.
    static List<Operation> imported(StoredService service) {
        return CatalogJson.read(catalog(service));
    }

    static Json catalog(StoredService service) {
        return Json.parse(service.catalog().getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }

    private Agent agent(
            StoredAgent stored, Catalog all, Map<Ceiling, Reach> reaches, @Nullable Agent before) {
        Ceiling ceiling =
                stored.ceiling() == null
                        ? Ceiling.READ_ONLY
                        : Ceiling.parse("ceiling", stored.ceiling());
        long now = nanoTime.getAsLong();
        return new Agent(
                stored,
                ceiling,
                reaches.computeIfAbsent(ceiling, c -> Reach.of(c, all)),
                before != null ? before.rate() : rates.agent(now),
                before != null ? before.renewals() : rates.agent(now));
    }
}
