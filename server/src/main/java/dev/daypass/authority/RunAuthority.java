package dev.daypass.authority;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An authority that lives in memory, for the program of one run: it certifies the names of
/// services to that program and to nobody else, and its key is written nowhere.
public final class RunAuthority {
    private static final String NAME = "run.daypass.invalid";

    private final CertificateProfile.Issuer issuer;
    private final Validity validity;

    private RunAuthority(CertificateProfile.Issuer issuer, Validity validity) {
        this.issuer = issuer;
        this.validity = validity;
    }

    public static RunAuthority make(Instant now, Duration life) {
        KeyPair key = P256.generate();
        Validity validity = Validity.starting(now, life);
        X509Certificate certificate = CertificateProfile.authority(key, NAME, validity);
        return new RunAuthority(new CertificateProfile.Issuer(key, certificate), validity);
    }

    /// Its certificate, for the program to trust.
    public String pem() {
        return Pem.ofCertificates(List.of(issuer.certificate()));
    }

    /// A new key and a certificate for a host.
    ///
    /// @throws IllegalArgumentException if it is neither a lower-case host name nor an address
    public ServerCredential issue(String host) {
        KeyPair key = P256.generate();
        X509Certificate leaf =
                CertificateProfile.server(
                        issuer, key.getPublic(), ServerNames.of(List.of(host)), validity);
        return new ServerCredential(
                key.getPrivate(), Pem.ofCertificates(List.of(leaf, issuer.certificate())));
    }
}
