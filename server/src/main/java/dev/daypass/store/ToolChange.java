package dev.daypass.store;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tool of an MCP server that is not what was accepted.
///
/// @param tenant the service's tenant
/// @param service the service
/// @param tool its name
/// @param hash of its definition as it was seen
/// @param definition as JSON text; `null` where it is too large to be kept
/// @param at when that was seen
public record ToolChange(
        TenantId tenant,
        ServiceId service,
        String tool,
        String hash,
        @Nullable String definition,
        Instant at) {}
