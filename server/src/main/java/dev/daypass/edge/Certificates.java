package dev.daypass.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.http.Peers;
import dev.daypass.identity.KeyThumbprint;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The key that a connection proved. The handshake has judged the certificate's issuer; its dates are judged again for
/// each call, for a connection may outlive them.
final class Certificates {
    private final InstantSource clock;
    // By identity: a connection hands out the same object for all of its requests.
    private final Cache<X509Certificate, Shown> known = Caffeine.newBuilder().weakKeys().build();

    private record Shown(KeyThumbprint.Certificate thumbprint, Instant from, Instant until) {}

    Certificates(InstantSource clock) {
        this.clock = clock;
    }

    KeyThumbprint.@Nullable Certificate shown(HttpServerRequest request) {
        X509Certificate certificate = Peers.certificate(request);
        if (certificate == null) {
            return null;
        }
        Shown shown = known.get(certificate, Certificates::read);
        Instant now = clock.instant();
        return now.isBefore(shown.from()) || now.isAfter(shown.until()) ? null : shown.thumbprint();
    }

    private static Shown read(X509Certificate certificate) {
        return new Shown(
                TrustAnchor.thumbprint(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
