package dev.daypass.remote;

import dev.daypass.feed.RouteJson;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.Held;
import dev.daypass.vault.EdgeVault;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns what a broker says into what an edge hears; keeps services, and hands credentials on.
final class EdgeMemory implements Held<Json, Json> {
    private final EdgeVault vault;
    private final Map<ServiceId, ServiceRoute> routes = new ConcurrentHashMap<>();
    private volatile Consumer<Recorded> news = _ -> {};

    EdgeMemory(EdgeVault vault) {
        this.vault = vault;
    }

    void tell(Consumer<Recorded> heard) {
        news = heard;
    }

    @Nullable ServiceRoute route(ServiceId service) {
        return routes.get(service);
    }

    @Override
    public void begin(Json snapshot) {
        JsonFields fields = JsonFields.of(snapshot);
        // Endings first: nothing else may fail before them.
        if (fields.take("ended") instanceof Json.Obj ended) {
            JsonFields deadlines = JsonFields.of(ended);
            for (String account : ended.members().keySet()) {
                ended(account, deadlines.longValue(account));
            }
        }
        Set<ServiceId> gone = new HashSet<>(routes.keySet());
        for (Json one : fields.items("services")) {
            gone.remove(service(one));
        }
        gone.forEach(this::remove);
        rules(fields.string("rules"));
    }

    @Override
    public void apply(Json fact) {
        JsonFields fields = JsonFields.of(fact);
        switch (fields.string("type")) {
            case "ended" -> ended(fields.string("account"), fields.longValue("deadline_ms"));
            case "rules" -> rules(fields.string("text"));
            case "service" -> {
                Json route = fields.take("route");
                if (route == null) {
                    remove(new ServiceId(fields.string("service")));
                } else {
                    service(route);
                }
            }
            default -> {}
        }
    }

    @Override
    public void forgetBefore(long wallMillis) {
        // The edge's view does, later than this.
    }

    private void ended(String account, long deadlineMillis) {
        tell(
                new AccountId(account),
                new Fact.AccountEnded("revoked", "broker", Instant.ofEpochMilli(deadlineMillis)));
    }

    private void rules(String text) {
        tell(null, new Fact.RulesChanged(0, text));
    }

    private ServiceId service(Json json) {
        RouteJson.Handed handed = RouteJson.read(json);
        ServiceRoute route = handed.route();
        if (handed.withheld()) {
            vault.forget(route.id());
        } else {
            vault.take(route.id(), route.upstream(), handed.sealed());
        }
        routes.put(route.id(), route);
        tell(
                null,
                new Fact.ServiceAdded(
                        route.id(),
                        route.upstream().toString(),
                        route.surface().operations().size(),
                        "",
                        "",
                        route.acceptUnbound()));
        return route.id();
    }

    private void remove(ServiceId service) {
        routes.remove(service);
        tell(null, new Fact.ServiceRemoved(service));
        vault.forget(service);
    }

    private void tell(@Nullable AccountId account, Fact fact) {
        news.accept(new Recorded(0, Instant.EPOCH, TenantId.DEFAULT, account, fact));
    }
}
