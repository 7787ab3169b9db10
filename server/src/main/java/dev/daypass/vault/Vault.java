package dev.daypass.vault;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.store.StoredService;
import dev.daypass.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where upstream credentials live, sealed. An edge opens one at the moment of forwarding; nothing
/// else can. What was opened stays open in memory until the service changes: the key that opens it
/// lies there too.
public final class Vault implements Credentials {
    private final Sealer sealer;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private volatile @Nullable Store store;

    private record Key(TenantId tenant, ServiceId service) {}

    private static final class Kept {
        private final String kind;
        private final Sealed sealed;
        private final String upstream;
        private volatile @Nullable Access opened;

        Kept(String kind, Sealed sealed, String upstream) {
            this.kind = kind;
            this.sealed = sealed;
            this.upstream = upstream;
        }
    }

    public Vault(Sealer sealer) {
        this.sealer = sealer;
    }

    /// Takes the sealed credentials from the store, at the start and whenever services change. One
    /// at a time, so that the last one to look has the last word.
    public synchronized void refresh(Store store) {
        this.store = store;
        var known = new HashSet<Key>();
        for (StoredService service : store.services()) {
            var key = new Key(service.tenant(), service.id());
            if (service.credential() != null) {
                known.add(key);
                kept.put(
                        key,
                        new Kept(
                                service.credentialKind(),
                                service.credential(),
                                service.upstream()));
            }
        }
        kept.keySet().retainAll(known);
    }

    /// Seals what opens one service of one tenant; it opens for no other.
    public Sealed seal(TenantId tenant, ServiceId service, Access access) {
        var label = new CredentialLabel(tenant, service, access.kind());
        Secret plain = Secret.of(access.toSealedJson().text());
        return new Sealed(sealer.seal(plain, label.bytes()));
    }

    /// Seals a secret that belongs to no service.
    ///
    /// @param label what it is for; it opens for nothing else
    public Sealed seal(String label, Secret secret) {
        return new Sealed(sealer.seal(secret, elsewhere(label)));
    }

    /// @param label as it was sealed
    /// @throws VaultSealBroken if it does not open
    public Secret open(String label, Sealed sealed) {
        return switch (sealer.open(sealed.bytes(), elsewhere(label))) {
            case Sealer.Opening.Opened(var secret) -> secret;
            case Sealer.Opening.Refused(var why) -> throw new VaultSealBroken(why);
        };
    }

    /// No label of a service's credential begins so.
    private static byte[] elsewhere(String label) {
        return ("\u0001" + label).getBytes(StandardCharsets.UTF_8);
    }

    /// Keeps a renewed credential in place of the one it came from, which must still be the
    /// service's. From then on [#open] gives the new one.
    ///
    /// @return when it is durable, whether it was kept: not where the service has another
    ///   credential by now, or is gone
    @Override
    public CompletionStage<Boolean> renew(
            TenantId tenant, ServiceId service, Access from, Access to) {
        var key = new Key(tenant, service);
        Kept found = kept.get(key);
        Store storing = store;
        if (found == null || storing == null || !from.equals(opened(key, found))) {
            return CompletableFuture.completedFuture(false);
        }
        Sealed sealed = seal(tenant, service, to);
        return storing.commit(new Change.RenewCredential(tenant, service, found.sealed, sealed))
                .thenApply(outcome -> {
                    boolean applied = outcome instanceof Outcome.Applied;
                    if (applied) {
                        refresh(storing);
                    }
                    return applied;
                });
    }

    /// Opens the credential of a service for a call that goes to `upstream`; [Access#NONE] where it
    /// has none. While a service moves, the caller may know its new place and the vault still the
    /// old credential, or the other way round: that credential is not given out.
    ///
    /// @param upstream base URL, as it was registered
    /// @throws VaultSealBroken if it was made under another key, or was changed
    /// @throws CredentialElsewhere if it was registered for another upstream
    @Override
    public Access open(TenantId tenant, ServiceId service, URI upstream) {
        var key = new Key(tenant, service);
        Kept found = kept.get(key);
        if (found == null) {
            return Access.NONE;
        }
        if (!found.upstream.equals(upstream.toString())) {
            throw new CredentialElsewhere(
                    "credential of service `%s` is for another upstream".formatted(service));
        }
        return opened(key, found);
    }

    /// The credential of a service for an edge in another process, sealed to its key; `null` where
    /// the service has none.
    ///
    /// @throws VaultSealBroken if it does not open, or is of a kind that only brokers can use
    public byte @Nullable [] handOver(
            TenantId tenant, ServiceId service, URI upstream, PublicKey to) {
        Access access = open(tenant, service, upstream);
        if (access.credential() instanceof Credential.Signature) {
            throw new VaultSealBroken(
                    "requests to service `%s` are signed with a key that no edge elsewhere has"
                            .formatted(service));
        }
        return access.nothing()
                ? null
                : EdgeSeal.seal(
                        to,
                        access.toSealedJson().text().getBytes(StandardCharsets.UTF_8),
                        EdgeVault.label(service));
    }

    /// As [#renew], of an edge in another process that was handed `from`.
    public CompletionStage<Boolean> renewHanded(
            TenantId tenant, ServiceId service, Json from, Json to) {
        return renew(tenant, service, Access.ofSealed(from), Access.ofSealed(to));
    }

    private Access opened(Key key, Kept found) {
        Access opened = found.opened;
        if (opened == null) {
            opened =
                    open(
                            new CredentialLabel(key.tenant(), key.service(), found.kind),
                            found.sealed);
            found.opened = opened;
        }
        return opened;
    }

    private Access open(CredentialLabel label, Sealed sealed) {
        return switch (sealer.open(sealed.bytes(), label.bytes())) {
            case Sealer.Opening.Opened(var secret) -> Access.ofSealed(Json.parse(secret.reveal()));
            case Sealer.Opening.Refused(var why) ->
                    throw new VaultSealBroken(
                            "credential of service `%s`: %s".formatted(label.service(), why));
        };
    }
}
