package dev.daypass.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Who the agent is, whom it trusts, and where its server is. The key stays in memory; under
/// `daypass run` there is none here.
///
/// @param server where the agent enrolled
/// @param tls connects as the agent, to servers of the agent's own authority only; empty where it
///   is the run that speaks
record Identity(URI server, Optional<SSLContext> tls) {
    /// What `daypass run` says; no other host, nobody named in it.
    private static final Pattern LOOPBACK =
            Pattern.compile("http://127\\.0\\.0\\.1:[0-9]{1,5}/[A-Za-z0-9_-]+");

    private static final char[] NONE = new char[0];

    /// That of the run that this program is in: accounts lie below its own.
    ///
    /// @param url what `daypass run` put into `DAYPASS_URL`; empty for none
    static Optional<Identity> ofRun(String url) {
        return LOOPBACK.matcher(url).matches()
                ? Optional.of(new Identity(URI.create(url + "/.api"), Optional.empty()))
                : Optional.empty();
    }

    /// @param directory of what `daypass agent enrol` wrote
    /// @throws DaypassException.NoIdentity saying what to do
    static Identity read(Path directory) {
        try {
            URI server = URI.create(text(directory, "server").strip());
            if (!"https".equals(server.getScheme())) {
                throw new IOException("`%s` is no https URL".formatted(server));
            }
            KeyStore own = empty();
            own.setKeyEntry(
                    "agent",
                    key(text(directory, "key.pem")),
                    NONE,
                    certificates(text(directory, "cert.pem")).toArray(new Certificate[0]));
            KeyStore trusted = empty();
            int number = 0;
            for (Certificate each : certificates(text(directory, "ca.pem"))) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
            return new Identity(server, Optional.of(tls(own, trusted)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new DaypassException.NoIdentity(
                    "no agent identity that can be used in `%s`: %s; enrol with: daypass agent enrol --token TOKEN"
                            .formatted(directory, e),
                    e);
        }
    }

    private static String text(Path directory, String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        return store;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static SSLContext tls(KeyStore own, KeyStore trusted) throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NONE);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
