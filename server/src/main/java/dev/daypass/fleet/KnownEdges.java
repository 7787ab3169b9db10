package dev.daypass.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.authority.PeerEdge;
import dev.daypass.authority.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Which edge presented a certificate: judged in full once for each connection, its end each time.
/// Thread-safe.
final class KnownEdges {
    private final TrustAnchor anchor;
    private final InstantSource clock;
    // By identity: a connection hands out the same object for all of its requests.
    private final Cache<X509Certificate, PeerEdge> judged =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    KnownEdges(TrustAnchor anchor, InstantSource clock) {
        this.anchor = anchor;
        this.clock = clock;
    }

    PeerEdge of(@Nullable X509Certificate certificate) {
        if (certificate == null) {
            return new PeerEdge.NotAnEdge("no client certificate was shown");
        }
        Instant now = clock.instant();
        return now.isAfter(certificate.getNotAfter().toInstant())
                ? new PeerEdge.NotAnEdge("the client certificate is not valid at this time")
                : judged.get(certificate, shown -> anchor.edgeOf(shown, now));
    }
}
