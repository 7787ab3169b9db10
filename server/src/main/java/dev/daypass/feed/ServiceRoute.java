package dev.daypass.feed;

import dev.daypass.identity.ServiceId;
import dev.daypass.mcp.Pins;
import dev.daypass.permission.Surface;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What an edge must know of a service to judge calls to it and to forward them.
///
/// @param id the service
/// @param upstream base URL, http or https, without query and fragment; of an MCP server, where it
///   listens
/// @param surface its operations
/// @param pins what an MCP server's tools were; `null` of another service
/// @param acceptUnbound whether it takes tokens that are bound to no key
public record ServiceRoute(
        ServiceId id, URI upstream, Surface surface, @Nullable Pins pins, boolean acceptUnbound) {
    /// The same where a tool is not what was registered.
    ///
    /// @param hash of the definition that was seen
    public ServiceRoute waiting(String tool, String hash) {
        Pins known = pins == null ? Pins.NONE : pins;
        return new ServiceRoute(id, upstream, surface, known.waiting(tool, hash), acceptUnbound);
    }

    public ServiceRoute(ServiceId id, URI upstream, Surface surface) {
        this(id, upstream, surface, null, false);
    }
}
