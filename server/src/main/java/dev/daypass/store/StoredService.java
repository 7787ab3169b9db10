package dev.daypass.store;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import org.jspecify.annotations.Nullable;

/// A registered service as it is kept.
///
/// @param tenant whose it is
/// @param id its name
/// @param upstream base URL of the service
/// @param catalog its operations, as JSON text
/// @param credentialKind what the edge injects
/// @param credential sealed; `null` where nothing is injected
/// @param acceptUnbound whether it takes tokens that are bound to no key
/// @param verifiesTokens whether it verifies tokens itself
public record StoredService(
        TenantId tenant,
        ServiceId id,
        String upstream,
        String catalog,
        String credentialKind,
        @Nullable Sealed credential,
        boolean acceptUnbound,
        boolean verifiesTokens) {
    /// A service whose calls only the edge judges.
    public StoredService(
            TenantId tenant,
            ServiceId id,
            String upstream,
            String catalog,
            String credentialKind,
            @Nullable Sealed credential,
            boolean acceptUnbound) {
        this(tenant, id, upstream, catalog, credentialKind, credential, acceptUnbound, false);
    }
}
