package dev.daypass.examples.live;

import dev.daypass.authority.EnrolmentKey;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// TLS of test clients.
final class Tls {
    private static final char[] NONE = new char[0];

    private Tls() {}

    static SSLContext with(EnrolmentKey key, X509Certificate[] chain, X509Certificate authority) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, NONE);
            keys.setKeyEntry("agent", key.key(), NONE, chain);
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NONE);
            return context(managers.getKeyManagers(), authority);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Shows this certificate whatever the server asks for.
    static SSLContext forced(EnrolmentKey key, X509Certificate[] chain, X509Certificate authority) {
        try {
            return context(new KeyManager[] {new Stubborn(key, chain)}, authority);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Stubborn extends X509ExtendedKeyManager {
        private final EnrolmentKey key;
        private final X509Certificate[] chain;

        Stubborn(EnrolmentKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain.clone();
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "agent";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key.key();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"agent"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    static SSLContext anonymous(X509Certificate authority) {
        try {
            return context(null, authority);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext context(KeyManager[] keys, X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, NONE);
        anchors.setCertificateEntry("daypass", authority);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}
