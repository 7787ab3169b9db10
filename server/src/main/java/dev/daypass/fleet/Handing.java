package dev.daypass.fleet;

import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.RouteJson;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.ledger.ToolFact;
import dev.daypass.revocation.ToEdge;
import dev.daypass.revocation.ToEdge.Numbered;
import dev.daypass.store.StoredEdge;
import dev.daypass.vault.CredentialElsewhere;
import dev.daypass.vault.Vault;
import dev.daypass.vault.VaultSealBroken;
import dev.daypass.wire.Json;
import java.net.URI;
import java.security.PublicKey;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one edge is told: of services only those that it serves, with their credentials sealed to
/// its key.
///
/// @param edge whom
/// @param key its public key
/// @param link knows services
/// @param vault knows credentials
record Handing(StoredEdge edge, PublicKey key, EdgeLink link, Vault vault) {
    private static final Logger LOG = LoggerFactory.getLogger(Handing.class);

    ToEdge<Json, Json> told(ToEdge<Snapshot, Recorded> message) {
        return switch (message) {
            case ToEdge.Joined<Snapshot, Recorded> joined ->
                    new ToEdge.Joined<>(
                            joined.to(),
                            joined.request(),
                            joined.asOf(),
                            joined.completeFromMillis(),
                            snapshot(joined.snapshot()));
            case ToEdge.News<Snapshot, Recorded>(var after, var upTo, var facts) -> {
                var out = new ArrayList<Numbered<Json>>();
                for (Numbered<Recorded> fact : facts) {
                    out.add(new Numbered<>(fact.sequence(), fact(fact.fact())));
                }
                yield new ToEdge.News<>(after, upTo, out);
            }
            case ToEdge.Granted<Snapshot, Recorded>(var to, var request, var head) ->
                    new ToEdge.Granted<>(to, request, head);
            case ToEdge.Unknown<Snapshot, Recorded>(var to) -> new ToEdge.Unknown<>(to);
        };
    }

    private Json snapshot(Snapshot snapshot) {
        var ended = Json.object();
        snapshot.ended()
                .forEach(
                        (account, deadline) -> ended.put(account.value(), deadline.toEpochMilli()));
        return Json.object()
                .put("ended", ended.build())
                .put(
                        "services",
                        Json.array(
                                snapshot.services().stream()
                                        .filter(route -> serves(route.id()))
                                        .map(this::route)
                                        .toList()))
                .put("rules", snapshot.rules())
                .build();
    }

    private Json fact(Recorded recorded) {
        return switch (recorded.fact()) {
            case Fact.AccountEnded ended ->
                    Json.object()
                            .put("type", "ended")
                            .put("account", String.valueOf(recorded.account()))
                            .put("deadline_ms", ended.deadline().toEpochMilli())
                            .build();
            case Fact.RulesChanged(var _, var text) ->
                    Json.object().put("type", "rules").put("text", text).build();
            case Fact.ServiceRemoved(var service) -> service(recorded.tenant(), service);
            case Fact.ServiceAdded added -> service(recorded.tenant(), added.service());
            case Fact.CredentialRenewed(var service) -> service(recorded.tenant(), service);
            case Fact.TraitsCorrected corrected -> service(recorded.tenant(), corrected.service());
            case ToolFact.ToolChanged changed -> service(recorded.tenant(), changed.service());
            case ToolFact.ToolAccepted accepted -> service(recorded.tenant(), accepted.service());
            default -> Json.object().put("type", "other").build();
        };
    }

    /// The service as it is now; without a route where it is gone, or not this edge's.
    private Json service(TenantId tenant, ServiceId service) {
        ServiceRoute route = serves(service) ? link.route(tenant, service) : null;
        return Json.object()
                .put("type", "service")
                .put("service", service.value())
                .put("route", route == null ? null : route(route))
                .build();
    }

    private boolean serves(ServiceId service) {
        return edge.services().isEmpty() || edge.services().contains(service.value());
    }

    private Json route(ServiceRoute route) {
        URI upstream = route.upstream();
        try {
            byte[] sealed = vault.handOver(TenantId.DEFAULT, route.id(), upstream, key);
            return RouteJson.write(new RouteJson.Handed(route, sealed, false));
        } catch (VaultSealBroken | CredentialElsewhere e) {
            LOG.warn("edge {}: {}", edge.name(), e.getMessage());
            return RouteJson.write(new RouteJson.Handed(route, null, true));
        }
    }
}
