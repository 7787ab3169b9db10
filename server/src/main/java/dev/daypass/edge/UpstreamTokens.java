package dev.daypass.edge;

import dev.daypass.feed.ServiceRoute;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.vault.Credentials;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// The access tokens of services, one for each, shared by all event loops: whoever needs one while
/// it is being fetched waits for the same. Thread-safe.
final class UpstreamTokens {
    private final Credentials vault;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Whose, TokenSlot> slots = new ConcurrentHashMap<>();

    UpstreamTokens(Credentials vault, LongSupplier nanoTime) {
        this.vault = vault;
        this.nanoTime = nanoTime;
    }

    /// @param tenant whose service
    /// @param service the service
    record Whose(TenantId tenant, ServiceId service) {}

    /// An access token in hand.
    ///
    /// @param injection of it
    /// @param renewNanos from when on a newer one is fetched, while this one is used
    /// @param endNanos from when on it is not used
    /// @param taken whether the service took it once
    record Held(Injection injection, long renewNanos, long endNanos, AtomicBoolean taken) {}

    /// @param endpoint asks where there is none in hand
    /// @throws dev.daypass.vault.VaultSealBroken as [Credentials#open]
    /// @throws dev.daypass.vault.CredentialElsewhere as [Credentials#open]
    CompletionStage<Held> token(TenantId tenant, ServiceRoute route, TokenEndpoint endpoint) {
        return slots.computeIfAbsent(
                        new Whose(tenant, route.id()),
                        whose -> new TokenSlot(whose, vault, nanoTime))
                .token(route.upstream(), endpoint);
    }

    /// The service did not take this token: it is not used again.
    ///
    /// @return whether it is worth to ask for another: not where the service never took it, or one
    ///   was refused in the same second
    boolean discard(TenantId tenant, ServiceRoute route, Held refused) {
        TokenSlot slot = slots.get(new Whose(tenant, route.id()));
        return slot != null && slot.discard(refused);
    }
}
