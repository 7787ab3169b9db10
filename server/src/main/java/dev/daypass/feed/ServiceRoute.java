package dev.daypass.feed;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Surface;
import java.net.URI;

/// What an edge must know of a service to judge calls to it and to forward them.
///
/// @param id the service
/// @param upstream base URL, http or https, without query and fragment
/// @param surface its operations
/// @param acceptUnbound whether it takes tokens that are bound to no key
public record ServiceRoute(ServiceId id, URI upstream, Surface surface, boolean acceptUnbound) {}
