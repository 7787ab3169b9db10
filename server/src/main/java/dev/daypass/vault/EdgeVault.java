package dev.daypass.vault;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The upstream credentials of an edge in another process: handed over by its broker, sealed to its
/// key, for the services that it serves; kept in memory and nowhere else. Thread-safe.
public final class EdgeVault implements Credentials {
    private final Renewing renewing;
    private final Map<ServiceId, Kept> kept = new ConcurrentHashMap<>();

    // The newest first. What was sealed to the one before may still be on its way.
    private volatile List<PrivateKey> keys;

    private record Kept(URI upstream, @Nullable Access opened) {}

    /// Tells the broker of a renewed credential.
    @FunctionalInterface
    public interface Renewing {
        CompletionStage<Boolean> renew(ServiceId service, Json from, Json to);
    }

    public EdgeVault(PrivateKey key, Renewing renewing) {
        this.keys = List.of(key);
        this.renewing = renewing;
    }

    /// What is handed over from now on is sealed to this key.
    public void use(PrivateKey next) {
        keys = List.of(next, keys.getFirst());
    }

    /// Takes what was handed over with a service.
    ///
    /// @param sealed `null` where the service has no credential
    public void take(ServiceId service, URI upstream, byte @Nullable [] sealed) {
        kept.put(service, new Kept(upstream, sealed == null ? Access.NONE : open(service, sealed)));
    }

    private @Nullable Access open(ServiceId service, byte[] sealed) {
        for (PrivateKey key : keys) {
            byte[] plain = EdgeSeal.open(key, sealed, label(service));
            if (plain != null) {
                return Access.ofSealed(Json.parse(new String(plain, StandardCharsets.UTF_8)));
            }
        }
        return null;
    }

    static byte[] label(ServiceId service) {
        return ("credential of " + service).getBytes(StandardCharsets.UTF_8);
    }

    public void forget(ServiceId service) {
        kept.remove(service);
    }

    @Override
    public Access open(TenantId tenant, ServiceId service, URI upstream) {
        Kept found = kept.get(service);
        Access opened = found == null ? null : found.opened();
        if (found == null || opened == null) {
            throw new VaultSealBroken(
                    "credential of service `%s` was not handed to this edge".formatted(service));
        }
        if (!found.upstream().equals(upstream)) {
            throw new CredentialElsewhere(
                    "credential of service `%s` is for another upstream".formatted(service));
        }
        return opened;
    }

    @Override
    public CompletionStage<Boolean> renew(
            TenantId tenant, ServiceId service, Access from, Access to) {
        return renewing.renew(service, from.toSealedJson(), to.toSealedJson());
    }
}
