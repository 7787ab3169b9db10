package dev.daypass.broker;

import dev.daypass.identity.ServiceId;
import dev.daypass.store.StoredService;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says aloud that a service takes tokens that are bound to no key.
public final class Unbound {
    private static final Logger LOG = LoggerFactory.getLogger(Unbound.class);

    private Unbound() {}

    public static String warning(ServiceId service) {
        return "service `%s` accepts tokens that are bound to no key: whoever finds one can use it until it ends; register it again without accept_unbound when its clients can use DPoP or a certificate"
                .formatted(service);
    }

    /// At registration.
    static void warn(ServiceId service) {
        LOG.warn(warning(service));
    }

    /// At the start.
    static void warn(List<StoredService> services) {
        services.stream().filter(StoredService::acceptUnbound).forEach(s -> warn(s.id()));
    }
}
