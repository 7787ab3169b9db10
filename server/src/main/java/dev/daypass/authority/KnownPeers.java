package dev.daypass.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who presented a certificate, judged in full once for each connection; its dates are judged each
/// time, for a connection may outlive them. Thread-safe.
public final class KnownPeers {
    private final TrustAnchor anchor;
    // By identity: a connection hands out the same object for all of its requests.
    private final Cache<X509Certificate, Judged> judged =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private record Judged(PeerIdentity identity, Instant from, Instant until) {}

    public KnownPeers(TrustAnchor anchor) {
        this.anchor = anchor;
    }

    /// @param certificate what the handshake proved, or `null`
    public PeerIdentity of(@Nullable X509Certificate certificate, Instant now) {
        if (certificate == null) {
            return new PeerIdentity.NotAnAgent("no client certificate was shown");
        }
        Judged known = judged.get(certificate, c -> judge(c, now));
        return now.isBefore(known.from()) || now.isAfter(known.until())
                ? new PeerIdentity.NotAnAgent("the client certificate is not valid at this time")
                : known.identity();
    }

    private Judged judge(X509Certificate certificate, Instant now) {
        return new Judged(
                anchor.agentOf(certificate, now),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
