package dev.daypass.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An edge in another process.
///
/// @param name its name
/// @param services what it serves; empty for all
/// @param hosts names and addresses that its listener may be called by, besides this machine's own
/// @param thumbprint `x5t#S256` of its newest certificate; `null` until it has enrolled
public record StoredEdge(
        String name, List<String> services, List<String> hosts, @Nullable String thumbprint) {
    public StoredEdge {
        services = List.copyOf(services);
        hosts = List.copyOf(hosts);
    }
}
