package dev.daypass.edge;

import dev.daypass.vault.Secret;
import dev.daypass.vault.UpstreamTls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/// How connections to services are made that ask for more than ordinary TLS.
final class UpstreamConnections {
    private UpstreamConnections() {}

    /// Connections of one service's options are never used for another's. `null` for the ordinary.
    static @Nullable ClientSSLOptions tls(UpstreamTls tls) {
        if (tls.equals(UpstreamTls.ORDINARY)) {
            return null;
        }
        var options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (!tls.ca().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.ca())));
        }
        Secret key = tls.key();
        if (key != null) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(tls.certificate()))
                            .setKeyValue(Buffer.buffer(key.revealBytes())));
        }
        return options;
    }
}
