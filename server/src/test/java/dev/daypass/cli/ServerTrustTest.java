package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.Pem;
import dev.daypass.authority.ServerCredential;
import dev.daypass.authority.TrustAnchor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which servers a client connects to, in real handshakes.
class ServerTrustTest {
    private static final Duration DAY = Duration.ofDays(1);
    private final Instant now = Instant.now();

    @TempDir Path directory;

    @Test
    void a_server_is_known_by_its_name_or_its_address() throws Exception {
        CertificateAuthority authority = authority("ca");
        ServerCredential server = issued(authority, now, "daypass.example", "127.0.0.1", "::1");

        for (String host : List.of("daypass.example", "DAYPASS.example", "127.0.0.1", "::1")) {
            assertDoesNotThrow(() -> connect(host, server, authority.anchor()), host);
        }
    }

    @Test
    void another_name_is_refused_however_alike() throws Exception {
        CertificateAuthority authority = authority("ca");
        ServerCredential server = issued(authority, now, "daypass.example", "127.0.0.1");

        for (String host :
                List.of(
                        "other.example",
                        "a.daypass.example",
                        "daypass.example.org",
                        "127.0.0.2",
                        "::2")) {
            assertTrue(refused(host, server, authority.anchor()).toString().contains(host), host);
        }
    }

    @Test
    void the_server_of_another_authority_is_refused() throws Exception {
        CertificateAuthority other = authority("other");
        ServerCredential server = issued(authority("ca"), now, "daypass.example");

        refused("daypass.example", server, other.anchor());
    }

    @Test
    void a_certificate_that_has_ended_is_refused_and_said_to_have() throws Exception {
        CertificateAuthority authority = authority("ca");
        ServerCredential server =
                issued(authority, now.minus(DAY.multipliedBy(3)), "daypass.example");

        Throwable why = refused("daypass.example", server, authority.anchor());

        boolean said = false;
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            said |= cause instanceof CertificateExpiredException;
        }
        assertTrue(said, why.toString());
    }

    @Test
    void without_a_connection_nobody_is_trusted() throws Exception {
        CertificateAuthority authority = authority("ca");
        X509Certificate[] chain = chain(issued(authority, now, "daypass.example"));
        var trust = new ServerTrust(authority.anchor().certificate());

        assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "UNKNOWN"));
        assertThrows(
                CertificateException.class,
                () -> trust.checkServerTrusted(chain, "UNKNOWN", new Socket()));
        assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "UNKNOWN"));
    }

    private CertificateAuthority authority(String name) throws IOException {
        return CertificateAuthority.create(
                directory.resolve(name), "example.org", now.minus(DAY.multipliedBy(4)));
    }

    private static ServerCredential issued(
            CertificateAuthority authority, Instant from, String... names) {
        return authority.issueServer(List.of(names), from, DAY);
    }

    private static SSLHandshakeException refused(
            String host, ServerCredential server, TrustAnchor trusted) {
        return assertThrows(
                SSLHandshakeException.class, () -> connect(host, server, trusted), host);
    }

    private static void connect(String host, ServerCredential server, TrustAnchor trusted)
            throws Exception {
        SSLContext there = SSLContext.getInstance("TLSv1.3");
        there.init(keys(server), null, null);
        SSLContext here = SSLContext.getInstance("TLSv1.3");
        here.init(null, new TrustManager[] {new ServerTrust(trusted.certificate())}, null);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = new FutureTask<Integer>(() -> serve(there, listening));
            Thread.ofPlatform().daemon().start(served);
            var plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
            try (plain;
                    SSLSocket tls =
                            (SSLSocket)
                                    here.getSocketFactory().createSocket(plain, host, 443, true)) {
                tls.startHandshake();
                tls.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static int serve(SSLContext context, ServerSocket listening) throws IOException {
        try (Socket plain = listening.accept();
                SSLSocket tls =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket(plain, "client", plain.getPort(), true)) {
            tls.setUseClientMode(false);
            return tls.getInputStream().read();
        }
    }

    private static X509Certificate[] chain(ServerCredential server) {
        return Pem.certificates(server.chainPem()).toArray(new X509Certificate[0]);
    }

    private static javax.net.ssl.KeyManager[] keys(ServerCredential server) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("own", server.key(), new char[0], (Certificate[]) chain(server));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        return managers.getKeyManagers();
    }
}
