package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.Pem;
import dev.daypass.authority.TrustAnchor;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.remote.BrokerTls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS as a client of Daypass: only its own authority is trusted.
final class ClientTls {
    private ClientTls() {}

    /// With the agent's key and certificate.
    static SSLContext of(AgentIdentity identity) {
        return of(identity.key().key(), identity.chain(), identity.authority());
    }

    /// With the edge's key and certificate.
    static BrokerTls of(EdgeIdentity identity) {
        return edge(identity.key(), identity.chain(), identity.authority());
    }

    /// The same of what was not written to disk yet.
    static BrokerTls edge(EnrolmentKey key, List<X509Certificate> chain, TrustAnchor authority) {
        var own =
                new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(Pem.ofCertificates(chain)))
                        .addKeyValue(Buffer.buffer(key.pem()));
        return new BrokerTls(
                of(key.key(), chain, authority), feed(authority.pem()).setKeyCertOptions(own));
    }

    private static ClientSSLOptions feed(String authority) {
        return new ClientSSLOptions()
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)));
    }

    private static SSLContext of(
            PrivateKey key, List<X509Certificate> chain, TrustAnchor authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OwnKey(key, chain)},
                    trusting(authority.certificate()),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static DataDirectoryFailure unusable(Exception e) {
        return new DataDirectoryFailure(
                "the key and certificate here cannot be used: " + e.getMessage());
    }

    /// Without a certificate, trusting one authority.
    static SSLContext anonymous(X509Certificate authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trusting(authority), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] trusting(X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, new char[0]);
        anchors.setCertificateEntry("daypass", authority);
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        return managers.getTrustManagers();
    }

    /// Trusts exactly the authority with this fingerprint, which an enrolment token brought:
    /// whoever stands in between cannot show another.
    static SSLContext pinned(KeyThumbprint.Certificate fingerprint) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Pinned(fingerprint)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Pinned extends X509ExtendedTrustManager {
        private final KeyThumbprint.Certificate fingerprint;

        Pinned(KeyThumbprint.Certificate fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            X509Certificate authority = chain[chain.length - 1];
            if (!TrustAnchor.thumbprint(authority).equals(fingerprint)) {
                throw new CertificateException(
                        "the server's authority is not the one of the enrolment token");
            }
            delegate(authority).checkServerTrusted(chain, authType, engine);
        }

        private static X509ExtendedTrustManager delegate(X509Certificate authority)
                throws CertificateException {
            try {
                for (TrustManager manager : trusting(authority)) {
                    if (manager instanceof X509ExtendedTrustManager extended) {
                        return extended;
                    }
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new CertificateException(e);
            }
            throw new CertificateException("no trust manager");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("only engines are used");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws CertificateException {
            throw new CertificateException("only engines are used");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
