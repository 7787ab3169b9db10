package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.ServiceId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps calls from crowding each other out, and from running against services that are not
/// there. Shared by all event loops.
final class Protection {
    private static final Logger LOG = LoggerFactory.getLogger(Protection.class);

    private final LimitSettings limits;
    private final Places places;
    private final LongSupplier nanoTime;
    private final Map<ServiceId, Guarded> breakers = new ConcurrentHashMap<>();

    Protection(LimitSettings limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.places = new Places(limits);
        this.nanoTime = nanoTime;
    }

    /// A service that moves is another one.
    private record Guarded(URI upstream, Breaker breaker) {}

    LimitSettings limits() {
        return limits;
    }

    Places places() {
        return places;
    }

    /// How long a call must wait before the service is tried again.
    Duration wait(ServiceRoute route) {
        return Duration.ofNanos(breaker(route).waitNanos());
    }

    void connected(ServiceRoute route) {
        if (breaker(route).connected()) {
            LOG.info("service `{}` can be connected to again", route.id());
        }
    }

    void failed(ServiceRoute route) {
        if (breaker(route).failed()) {
            LOG.warn(
                    "service `{}` could not be connected to {} times in a row; it is left alone for {} ms",
                    route.id(),
                    limits.breaker().failuresMax(),
                    limits.breaker().rest().toMillis());
        }
    }

    /// How many services are left alone now.
    int resting() {
        return (int) breakers.values().stream().filter(g -> g.breaker().resting()).count();
    }

    void forget(ServiceId service) {
        breakers.remove(service);
    }

    private Breaker breaker(ServiceRoute route) {
        Guarded known = breakers.get(route.id());
        if (known != null && known.upstream().equals(route.upstream())) {
            return known.breaker();
        }
        return breakers.compute(
                        route.id(),
                        (_, now) ->
                                now != null && now.upstream().equals(route.upstream())
                                        ? now
                                        : new Guarded(
                                                route.upstream(),
                                                new Breaker(limits.breaker(), nanoTime)))
                .breaker();
    }
}
