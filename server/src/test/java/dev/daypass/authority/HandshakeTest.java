package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A TLS stack that knows nothing of us accepts what the authority issues, and for nothing else
/// than it was issued for. The certificates begin at the machine's time, which such a stack goes
/// by.
class HandshakeTest {
    private static final int TIMEOUT_MS = 20_000;
    private static final Duration LIFE = Duration.ofHours(1);

    @TempDir Path temp;
    private final Instant now = Instant.now();
    private CertificateAuthority authority;
    private SSLContext listener;

    @BeforeEach
    void anAuthorityAndAListener() throws Exception {
        authority = CertificateAuthority.create(temp.resolve("ca"), "example.org", now);
        var server = authority.issueServer(List.of("localhost", "127.0.0.1"), now, LIFE);
        listener = context(server.key(), server.chainPem(), authority.anchor());
    }

    @Test
    void an_agent_and_a_listener_know_each_other() throws Exception {
        EnrolmentKey key = EnrolmentKey.generate();

        X509Certificate seen = handshake(context(key.key(), enrolled(key), authority.anchor()));

        var agent = assertInstanceOf(PeerIdentity.Agent.class, authority.agentOf(seen, now));
        assertEquals("spiffe://example.org/agent/buybot", agent.id().uri());
    }

    @Test
    void an_agents_certificate_serves_nobody() throws Exception {
        EnrolmentKey key = EnrolmentKey.generate();
        SSLContext agent = context(key.key(), enrolled(key), authority.anchor());
        listener = agent;

        assertThrows(IOException.class, () -> handshake(agent));
    }

    @Test
    void a_client_of_another_authority_does_not_trust_the_listener() throws Exception {
        var other = CertificateAuthority.create(temp.resolve("other"), "example.org", now);
        EnrolmentKey key = EnrolmentKey.generate();
        SSLContext agent = context(key.key(), enrolled(key), other.anchor());

        assertThrows(IOException.class, () -> handshake(agent));
    }

    private String enrolled(EnrolmentKey key) {
        var id = new SpiffeId("example.org", new AgentId("buybot"));
        byte[] request = key.requestPem().getBytes(StandardCharsets.US_ASCII);
        return assertInstanceOf(
                        AgentCertificate.Issued.class, authority.issueAgent(request, id, now, LIFE))
                .chainPem();
    }

    /// The certificate that the listener saw.
    private X509Certificate handshake(SSLContext client) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server =
                        (SSLServerSocket)
                                listener.getServerSocketFactory()
                                        .createServerSocket(
                                                0, 1, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            server.setSoTimeout(TIMEOUT_MS);
            Future<X509Certificate> seen = threads.submit(() -> accept(server));
            try (var socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket("127.0.0.1", server.getLocalPort())) {
                socket.setSoTimeout(TIMEOUT_MS);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                assertEquals('+', socket.getInputStream().read());
            }
            return seen.get();
        }
    }

    private static X509Certificate accept(SSLServerSocket server) throws IOException {
        try (var socket = (SSLSocket) server.accept()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.startHandshake();
            socket.getOutputStream().write('+');
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLContext context(PrivateKey key, String chainPem, TrustAnchor anchor)
            throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own",
                key,
                new char[0],
                Pem.certificates(chainPem).toArray(X509Certificate[]::new));
        store.setCertificateEntry("authority", anchor.certificate());
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", anchor.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
