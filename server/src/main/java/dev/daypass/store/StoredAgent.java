package dev.daypass.store;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A registered agent as it is kept.
///
/// @param tenant whose it is
/// @param id its name
/// @param ceiling the text of its ceiling file, or `null` for the default ceiling
/// @param defaultTasks by service: the task of an OAuth client that names only a resource
/// @param jwk its public key as a JWK, once enrolled
/// @param thumbprint `x5t#S256` of its newest certificate, once enrolled
public record StoredAgent(
        TenantId tenant,
        AgentId id,
        @Nullable String ceiling,
        Map<ServiceId, String> defaultTasks,
        @Nullable String jwk,
        @Nullable String thumbprint) {
    public StoredAgent {
        defaultTasks = Map.copyOf(defaultTasks);
    }
}
