package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.ServerCredential;
import dev.daypass.permission.HttpMethod;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A listener with TLS, and a client of the JDK that comes back to it.
class SessionTicketsTest {
    private static final String GET = "GET /here HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir Path folder = Path.of("");

    private Vertx vertx;
    private CertificateAuthority authority;
    private SSLContext client;

    @BeforeEach
    void anAuthority() throws GeneralSecurityException, IOException {
        vertx = Vertx.vertx();
        authority = CertificateAuthority.create(folder, "test", Instant.now());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, new char[0]);
        anchors.setCertificateEntry("test", authority.anchor().certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        client = SSLContext.getInstance("TLSv1.3");
        client.init(null, trust.getTrustManagers(), null);
    }

    @AfterEach
    void closed() {
        vertx.close().await();
    }

    private int listening(SessionTickets tickets) {
        return listeningAt(0, tickets);
    }

    private int listeningAt(int port, SessionTickets tickets) {
        ServerCredential own =
                authority.issueServer(List.of("127.0.0.1"), Instant.now(), Duration.ofDays(1));
        Routes here =
                Routes.of(
                        List.of(
                                Routes.Route.of(
                                        HttpMethod.GET,
                                        "/here",
                                        Endpoint.direct(_ -> Response.empty(204)))));
        return Listener.plain(30, 4_096)
                .secured(
                        new Listener.Tls(own.chainPem(), own.keyPem(), authority.anchor().pem()),
                        tickets)
                .bind(vertx, "127.0.0.1", port, 1, _ -> new Dispatcher(here))
                .await()
                .port();
    }

    /// Asks once on a new connection. What hangs on a session tells whether it is an earlier one.
    private boolean resumed(int port) throws IOException {
        try (var socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            String line =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 204", line);
            boolean known = socket.getSession().getValue("known") != null;
            socket.getSession().putValue("known", "yes");
            return known;
        }
    }

    @Test
    void who_comes_back_soon_goes_on() throws IOException {
        int port = listening(SessionTickets.lasting(LONG, vertx));

        assertFalse(resumed(port));
        assertTrue(resumed(port));
        assertTrue(resumed(port));
    }

    @Test
    void without_tickets_every_connection_makes_a_handshake() throws IOException {
        int port = listening(SessionTickets.lasting(Duration.ZERO, vertx));

        assertFalse(resumed(port));
        assertFalse(resumed(port));
    }

    @Test
    void a_ticket_outlives_one_renewal_of_the_key() throws IOException {
        SessionTickets tickets = SessionTickets.lasting(LONG, vertx);
        int port = listening(tickets);
        assertFalse(resumed(port));

        tickets.renew();

        assertTrue(resumed(port));
    }

    @Test
    void a_ticket_does_not_outlive_two_renewals_of_the_key() throws IOException {
        SessionTickets tickets = SessionTickets.lasting(LONG, vertx);
        int port = listening(tickets);
        assertFalse(resumed(port));

        tickets.renew();
        tickets.renew();

        assertFalse(resumed(port));
    }

    @Test
    void a_ticket_of_another_server_is_not_read() throws IOException {
        SessionTickets first = SessionTickets.lasting(LONG, vertx);
        int port = listening(first);
        assertFalse(resumed(port));

        vertx.close().await();
        vertx = Vertx.vertx();
        SessionTickets second = SessionTickets.lasting(LONG, vertx);

        assertFalse(resumed(listeningAt(port, second)));
    }
}
