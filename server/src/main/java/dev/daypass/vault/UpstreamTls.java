package dev.daypass.vault;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/// How TLS to a service differs from the ordinary: whom it must be certified by, and what we show.
/// The host name is always checked.
///
/// @param ca the authorities that may certify the service, in PEM, and no others; empty for the
///   system's
/// @param certificate our chain, in PEM; empty for none
/// @param key its private key, in PEM (PKCS #8); `null` for none
public record UpstreamTls(String ca, String certificate, @Nullable Secret key) {
    /// The system's authorities, and no client certificate.
    public static final UpstreamTls ORDINARY = new UpstreamTls("", "", null);

    private static final int CA_CHARS_MAX = 32 * 1024;

    /// Reads `{"ca": "PEM", "certificate": "PEM", "key": "PEM"}`.
    ///
    /// @throws WireException saying what is wrong; never repeating the key
    public static UpstreamTls fromJson(Json json) {
        JsonFields fields = JsonFields.of(json);
        String ca = fields.stringOrNull("ca");
        String certificate = fields.stringOrNull("certificate");
        Secret key = fields.take("key") == null ? null : CredentialFields.pem(fields, "key");
        fields.end();
        if ((certificate == null) != (key == null)) {
            throw new WireException("`tls.certificate` and `tls.key` go together");
        }
        if (ca == null && certificate == null) {
            throw new WireException("`tls` holds nothing; expected ca, or certificate and key");
        }
        var tls =
                new UpstreamTls(ca == null ? "" : ca, certificate == null ? "" : certificate, key);
        tls.requireCertificates("tls.ca", tls.ca);
        tls.requireCertificates("tls.certificate", tls.certificate);
        if (key != null && !key.reveal().contains("-----BEGIN PRIVATE KEY-----")) {
            throw new WireException(
                    "`tls.key` is not an unencrypted PKCS #8 key; make one with: openssl pkcs8 -topk8 -nodes");
        }
        return tls;
    }

    private void requireCertificates(String name, String pem) {
        if (pem.isEmpty()) {
            return;
        }
        try {
            var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            if (pem.length() <= CA_CHARS_MAX
                    && !CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .isEmpty()) {
                return;
            }
        } catch (CertificateException _) {
            // reported below
        }
        throw new WireException(
                "`%s` must be certificates in PEM, at most %d characters"
                        .formatted(name, CA_CHARS_MAX));
    }

    /// Whether a client certificate is shown.
    public boolean mutual() {
        return key != null;
    }

    /// The form that is sealed; holds the key.
    Json.Obj toSealedJson() {
        return Json.object()
                .put("ca", ca.isEmpty() ? null : ca)
                .put("certificate", certificate.isEmpty() ? null : certificate)
                .put("key", key == null ? null : key.reveal())
                .build();
    }
}
