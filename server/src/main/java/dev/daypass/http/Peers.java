package dev.daypass.http;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Finds out who is at the other end.
public final class Peers {
    private Peers() {}

    public static Peer of(HttpServerRequest request) {
        var address = request.remoteAddress();
        String ip = address == null || address.hostAddress() == null ? "" : address.hostAddress();
        return new Peer(certificate(request.connection().sslSession()), ip);
    }

    /// The client certificate that the connection proved, or `null`.
    public static @Nullable X509Certificate certificate(HttpServerRequest request) {
        return certificate(request.connection().sslSession());
    }

    private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? leaf : null;
        } catch (SSLPeerUnverifiedException _) {
            return null; // no certificate was shown
        }
    }
}
