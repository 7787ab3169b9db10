package dev.daypass.broker;

import dev.daypass.catalog.CatalogJson;
import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.LocalFeed;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.mcp.Pins;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Surface;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredService;
import dev.daypass.store.ToolChange;
import dev.daypass.wire.Json;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The link of an edge in the same process.
final class LocalEdgeLink implements EdgeLink {
    private final Store store;
    private final LocalFeed feed;
    private final LargeGrants largeGrants;
    private final Allotments allotments;
    private final InstantSource clock;
    private final Presence presence;

    /// @param presence what the edge's lease hangs on
    LocalEdgeLink(
            Store store,
            LocalFeed feed,
            LargeGrants largeGrants,
            Allotments allotments,
            InstantSource clock,
            Presence presence) {
        this.presence = presence;
        this.store = store;
        this.allotments = allotments;
        this.feed = feed;
        this.largeGrants = largeGrants;
        this.clock = clock;
    }

    @Override
    public Snapshot join(Consumer<Recorded> news) {
        // Subscribed before the look, so that nothing falls in between; hearing an ending twice
        // does no harm.
        feed.subscribe(news);
        return snapshot(clock.instant());
    }

    /// What an edge starts with.
    ///
    /// @param endedFrom accounts that ended are in it if their deadline is no earlier
    Snapshot snapshot(Instant endedFrom) {
        return new Snapshot(
                store.services().stream().map(this::route).toList(),
                store.rules(TenantId.DEFAULT),
                store.endedBeforeDeadline(endedFrom).stream()
                        .collect(Collectors.toMap(StoredAccount::id, StoredAccount::deadline)));
    }

    @Override
    public @Nullable ServiceRoute route(TenantId tenant, ServiceId service) {
        return store.services().stream()
                .filter(stored -> stored.tenant().equals(tenant) && stored.id().equals(service))
                .findFirst()
                .map(this::route)
                .orElse(null);
    }

    private ServiceRoute route(StoredService service) {
        return new ServiceRoute(
                service.id(),
                URI.create(service.upstream()),
                Surface.of(
                        Corrections.apply(
                                Directory.imported(service),
                                Corrections.said(store, service.tenant()))),
                pins(service),
                service.acceptUnbound());
    }

    private @Nullable Pins pins(StoredService service) {
        Json catalog = Directory.catalog(service);
        Map<String, String> accepted = CatalogJson.pins(catalog);
        if (accepted == null) {
            return null;
        }
        Map<String, String> changed =
                store.toolChanges().stream()
                        .filter(change ->
                                change.tenant().equals(service.tenant())
                                        && change.service().equals(service.id()))
                        .collect(Collectors.toMap(ToolChange::tool, ToolChange::hash));
        return new Pins(accepted, changed, CatalogJson.headers(catalog));
    }

    @Override
    public boolean fresh() {
        return store.writing() && store.roomy() && presence.holds();
    }

    @Override
    public @Nullable Grant largeGrant(String resourceHash) {
        return largeGrants.find(resourceHash);
    }

    @Override
    public CompletionStage<Long> reserve(TenantId tenant, AccountId account, long calls) {
        return allotments.reserve(Allotments.HERE, tenant, account, calls);
    }

    @Override
    public void spent(TenantId tenant, AccountId account, long had) {
        allotments.spent(Allotments.HERE, tenant, account, had);
    }

    @Override
    public void note(TenantId tenant, AccountId account, AgentId agent, Fact fact) {
        store.note(new Change.Note(tenant, account, agent, fact));
    }

    @Override
    public CompletionStage<Long> record(
            TenantId tenant, AccountId account, AgentId agent, Fact fact) {
        return store.commit(new Change.Note(tenant, account, agent, fact))
                .thenApply(outcome ->
                        switch (outcome) {
                            case Outcome.Applied(var sequence, var _) -> sequence;
                            case Outcome.NotApplied _ -> 0L;
                        });
    }
}
