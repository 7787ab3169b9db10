package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.Pem;
import dev.daypass.authority.ServerCredential;
import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services that are certified by authorities of their own, and that want a certificate of the
/// edge.
class OwnTlsTest {
    private static final char[] NONE = new char[0];

    private Installation here;
    private Agent agent;
    private CertificateAuthority authority;
    private HttpsServer service;
    private final List<String> peers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        here = Installation.start();
        agent = here.agent("agent");
        Path home = Files.createTempDirectory("own-authority");
        authority = CertificateAuthority.create(home, "other.example", Instant.now());
    }

    @AfterEach
    void stop() {
        here.close();
        service.stop(0);
    }

    /// A service that lets in whoever shows a certificate of the agents' authority.
    private String serve(String name, boolean mutual) throws Exception {
        ServerCredential own =
                authority.issueServer(List.of(name), Instant.now(), Duration.ofDays(1));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, NONE);
        keys.setKeyEntry(
                "own",
                own.key(),
                NONE,
                Pem.certificates(own.chainPem()).toArray(X509Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NONE);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, NONE);
        anchors.setCertificateEntry("agents", agent.authority());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = context.getDefaultSSLParameters();
                        wanted.setNeedClientAuth(mutual);
                        parameters.setSSLParameters(wanted);
                    }
                });
        service.createContext("/", exchange -> answer((HttpsExchange) exchange, mutual));
        service.start();
        return "https://127.0.0.1:" + service.getAddress().getPort();
    }

    private void answer(HttpsExchange exchange, boolean mutual) throws IOException {
        try (exchange) {
            peers.add(mutual ? exchange.getSSLSession().getPeerPrincipal().getName() : "nobody");
            byte[] body = "fine".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer call(String name, String upstream, Json tls) {
        Installation.must(
                here.operator()
                        .send(
                                "PUT",
                                "/v1/services/" + name,
                                Json.object()
                                        .put("source", "lab")
                                        .put("openapi", Lab.OPENAPI)
                                        .put("upstream", upstream)
                                        .put("tls", tls)
                                        .build()));
        return agent.call("GET", "/" + name + "/x", agent.open(Lab.READ));
    }

    private Json tls(boolean certificate) {
        return Json.object()
                .put("ca", authority.anchor().pem())
                .put("certificate", certificate ? Pem.ofCertificates(List.of(agent.chain())) : null)
                .put("key", certificate ? agent.key().pem() : null)
                .build();
    }

    @Test
    void a_service_with_an_authority_of_its_own_is_trusted_by_those_who_name_it_only()
            throws Exception {
        String upstream = serve("127.0.0.1", false);

        assertEquals(200, call("lab", upstream, tls(false)).status());
        Answer stranger = call("plain", upstream, new Json.Null());

        assertEquals(502, stranger.status());
        assertTrue(stranger.bodyText().contains("tls"), stranger.bodyText());
        assertEquals(List.of("nobody"), peers);
    }

    @Test
    void a_certificate_for_another_name_is_not_taken() throws Exception {
        assertEquals(502, call("lab", serve("localhost", false), tls(false)).status());
        assertEquals(List.of(), peers);
    }

    @Test
    void the_edge_shows_its_certificate_to_the_service_that_it_is_for_and_to_no_other()
            throws Exception {
        String upstream = serve("127.0.0.1", true);

        assertEquals(200, call("lab", upstream, tls(true)).status());
        Answer without = call("plain", upstream, tls(false));

        assertEquals(502, without.status());
        assertEquals(1, peers.size());
        Answer shown = here.operator().send("GET", "/v1/services", null);
        assertTrue(shown.bodyText().contains("none+mtls"), shown.bodyText());
        assertFalse(shown.bodyText().contains("PRIVATE"), shown.bodyText());
    }
}
