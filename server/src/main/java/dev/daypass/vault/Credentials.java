package dev.daypass.vault;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/// What an edge gets into services with.
public interface Credentials {
    /// Opens the credential of a service for a call that goes to `upstream`; [Access#NONE] where it
    /// has none.
    ///
    /// @param upstream base URL, as it was registered
    /// @throws VaultSealBroken if it does not open
    /// @throws CredentialElsewhere if it was registered for another upstream
    Access open(TenantId tenant, ServiceId service, URI upstream);

    /// Keeps a renewed credential in place of the one it came from, which must still be the
    /// service's.
    ///
    /// @return when it is durable, whether it was kept
    CompletionStage<Boolean> renew(TenantId tenant, ServiceId service, Access from, Access to);
}
