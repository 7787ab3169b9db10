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

    /// Of an edge in another process, which keeps its key.
    public static ServerCredential of(EnrolmentKey key, String chainPem) {
        return new ServerCredential(key.key(), chainPem);
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
