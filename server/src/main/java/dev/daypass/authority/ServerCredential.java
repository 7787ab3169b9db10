package dev.daypass.authority;

import java.security.PrivateKey;

/// What a TLS listener presents: a private key and the chain for it. It prints neither.
public final class ServerCredential {
    private final PrivateKey key;
    private final String chainPem;

    ServerCredential(PrivateKey key, String chainPem) {
        this.key = key;
        this.chainPem = chainPem;
    }

    public PrivateKey key() {
        return key;
    }

    /// The key as unencrypted PKCS #8. Keep it in memory, or in [KeyFiles].
    public String keyPem() {
        return Pem.ofPrivateKey(key);
    }

    /// The listener's certificate, then the authority's.
    public String chainPem() {
        return chainPem;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
