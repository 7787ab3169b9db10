package dev.daypass.feed;

import dev.daypass.identity.ServiceId;
import java.net.URI;

/// What an edge must know of a service to forward to it.
///
/// @param id the service
/// @param upstream base URL, http or https, without query and fragment
public record ServiceRoute(ServiceId id, URI upstream) {}
