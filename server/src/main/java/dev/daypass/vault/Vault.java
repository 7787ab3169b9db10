package dev.daypass.vault;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.store.StoredService;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where upstream credentials live, sealed. An edge opens one at the moment of forwarding; nothing else can.
public final class Vault {
    private final Sealer sealer;
    private final Map<Key, Sealed> sealed = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, ServiceId service) {
        byte[] associatedData() {
            // Names hold no NUL, so no two pairs are written alike.
            return ("daypass credential\0" + tenant + "\0" + service).getBytes(StandardCharsets.UTF_8);
        }
    }

    public Vault(Sealer sealer) {
        this.sealer = sealer;
    }

    /// Takes the sealed credentials from the store, at the start and whenever services change.
    public void refresh(Store store) {
        var known = new java.util.HashSet<Key>();
        for (StoredService service : store.services()) {
            var key = new Key(service.tenant(), service.id());
            if (service.credential() != null) {
                known.add(key);
                sealed.put(key, service.credential());
            }
        }
        sealed.keySet().retainAll(known);
    }

    /// Seals a credential for one service of one tenant; it opens for no other.
    public Sealed seal(TenantId tenant, ServiceId service, Credential credential) {
        byte[] plain = credential.toSealedJson().bytes();
        return new Sealed(sealer.seal(plain, new Key(tenant, service).associatedData()));
    }

    /// Opens the credential of a service; [Credential.None] where it has none.
    public Credential open(TenantId tenant, ServiceId service) {
        var key = new Key(tenant, service);
        Sealed found = sealed.get(key);
        if (found == null) {
            return new Credential.None();
        }
        byte[] plain = sealer.open(found.bytes(), key.associatedData());
        return Credential.fromJson(Json.parse(new String(plain, StandardCharsets.UTF_8)));
    }
}
