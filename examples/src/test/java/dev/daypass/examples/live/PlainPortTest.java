package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.vault.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The port without TLS, behind a proxy on the same host: no certificate is proved there, so tokens
/// are bound to a DPoP key. The URL in a proof is the one that the agent knows.
class PlainPortTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent owner;
    private static Prover prover;
    private static int port;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        here =
                Installation.start(
                        Map.of("EDGE_PLAIN_PORT", String.valueOf(port)), Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        owner = here.agent("owner");
        prover = new Prover(owner);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void fine() {
        upstream.follow(Upstream::fine);
    }

    private HttpResponse<String> plain(String... fields) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lab/x"))
                        .headers(fields)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_call_with_a_proof_is_served() throws Exception {
        Secret token = prover.open(owner, Lab.ALL).token();
        assertEquals(200, prover.call("GET", "/lab/x", token).statusCode()); // for its nonce

        HttpResponse<String> answer =
                plain(
                        "authorization",
                        "DPoP " + token.reveal(),
                        "dpop",
                        prover.proof("GET", "/lab/x", token));

        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void a_proof_for_the_plain_url_is_refused() throws Exception {
        Secret token = prover.open(owner, Lab.ALL).token();
        prover.call("GET", "/lab/x", token);
        upstream.follow(Upstream::fine);
        String own = "http://127.0.0.1:" + port + "/lab/x";

        HttpResponse<String> answer =
                plain(
                        "authorization",
                        "DPoP " + token.reveal(),
                        "dpop",
                        prover.proof("GET", "/lab/x", token, claims -> claims.claim("htu", own)));

        assertEquals(401, answer.statusCode());
        assertTrue(answer.body().contains("`htu`"), answer.body());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void
            a_token_that_is_bound_to_a_certificate_is_refused_and_a_claimed_certificate_is_not_believed()
                    throws Exception {
        Agent.Opened account = owner.open(Lab.READ);

        HttpResponse<String> answer =
                plain(
                        "authorization",
                        account.bearer(),
                        "x-forwarded-client-cert",
                        "Hash=0000",
                        "client-cert",
                        ":MIIB:");

        assertEquals(401, answer.statusCode());
        assertTrue(answer.body().contains("\"step\":\"authenticate\""), answer.body());
        assertEquals(List.of(), upstream.received());
    }

    /// Whoever listened at every address would be found at this one, too.
    @Test
    void nothing_listens_but_at_127_0_0_1() throws IOException {
        try (var socket = new Socket()) {
            var other = new InetSocketAddress("127.0.0.2", port);

            assertThrows(ConnectException.class, () -> socket.connect(other, 5_000));
        }
    }
}
