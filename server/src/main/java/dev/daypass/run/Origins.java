package dev.daypass.run;

import dev.daypass.wire.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where the account's services are in the world: what a program that knows nothing of Daypass
/// calls them.
final class Origins {
    private final Map<String, Service> services;

    private Origins(Map<String, Service> services) {
        this.services = Map.copyOf(services);
    }

    /// A service at a place.
    ///
    /// @param name the service's name
    /// @param base what its paths begin with there; empty, or beginning with `/` and not ending so
    record Service(String name, String base) {}

    /// @param told base URLs by service, as the agent API has them
    static Origins of(Map<String, Json> told) {
        var services = new HashMap<String, Service>();
        told.forEach((name, url) -> {
            if (url instanceof Json.Str(var text)) {
                URI at = URI.create(text);
                if (at.getHost() == null) {
                    return; // of a name that no URL may have, nobody can ask for it by URL
                }
                String base = at.getRawPath() == null ? "" : at.getRawPath();
                services.putIfAbsent(
                        key(at.getScheme(), at.getHost(), at.getPort()),
                        new Service(name, base.replaceFirst("/+$", "")));
            }
        });
        return new Origins(services);
    }

    /// Where they are, sorted.
    SortedSet<String> hosts() {
        var hosts = new TreeSet<String>();
        services.keySet().forEach(key -> hosts.add(String.valueOf(URI.create(key).getHost())));
        return hosts;
    }

    /// @param port -1 for the scheme's own
    @Nullable Service at(String scheme, String host, int port) {
        return services.get(key(scheme, host, port));
    }

    private static String key(String scheme, String host, int port) {
        int real = port >= 0 ? port : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host.toLowerCase(java.util.Locale.ROOT) + ":" + real;
    }
}
