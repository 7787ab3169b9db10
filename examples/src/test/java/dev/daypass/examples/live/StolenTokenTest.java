package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.AgentCertificate;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.Pem;
import dev.daypass.cli.Answer;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threats 1 and 2: a token in the wrong hands, or for the wrong thing.
class StolenTokenTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent owner;

    private Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab", "other");
        owner = here.agent("owner");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    @BeforeEach
    void open() {
        account =
                owner.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("services", Json.strings(List.of("lab")))
                                .build());
        upstream.follow(Upstream::fine);
    }

    private static void refusedAt(String step, Answer answer) {
        assertEquals(401, answer.status(), answer.bodyText());
        assertEquals(step, answer.text("step").orElse(""), answer.bodyText());
        assertTrue(answer.text("next").isPresent(), answer.bodyText());
        assertEquals(List.of(), upstream.received());
    }

    private Wire.Reply over(Wire wire) {
        try (wire) {
            return wire.ask(
                    "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(account.bearer()));
        }
    }

    @Test
    void its_owner_may_use_a_token() {
        assertEquals(200, owner.call("GET", "/lab/x", account).status());
        assertEquals("/x", upstream.last().target());
    }

    @Test
    void a_token_with_another_agents_certificate_is_refused() {
        refusedAt("verify", here.agent("thief").call("GET", "/lab/x", account));
    }

    @Test
    void a_token_without_a_certificate_is_refused() {
        Wire.Reply reply = over(Wire.to(here.port(), Tls.anonymous(owner.authority())));

        assertEquals(401, reply.status());
        assertTrue(reply.body().contains("\"step\":\"authenticate\""), reply.body());
        assertTrue(reply.field("www-authenticate").contains("resource_metadata="));
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void a_token_with_a_certificate_of_a_look_alike_authority_is_refused() throws IOException {
        Path directory = Installation.temporary();
        var name = new SpiffeId(Installation.DOMAIN, new AgentId("owner"));
        EnrolmentKey key = EnrolmentKey.generate();
        CertificateAuthority.create(directory, Installation.DOMAIN, Instant.now());
        var issued =
                CertificateAuthority.load(directory)
                        .issueAgent(
                                key.requestPem().getBytes(StandardCharsets.US_ASCII),
                                name,
                                Instant.now(),
                                Duration.ofDays(1));
        Installation.delete(directory);

        assertTrue(issued instanceof AgentCertificate.Issued);
        String chain = ((AgentCertificate.Issued) issued).chainPem();
        X509Certificate[] certificates = Pem.certificates(chain).toArray(new X509Certificate[0]);
        Wire.Reply reply =
                over(Wire.to(here.port(), Tls.forced(key, certificates, owner.authority())));

        assertEquals(0, reply.status(), "the handshake must have failed");
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void the_owners_certificate_with_another_key_does_not_get_through_the_handshake() {
        Wire.Reply reply =
                over(
                        Wire.to(
                                here.port(),
                                Tls.forced(
                                        EnrolmentKey.generate(),
                                        owner.chain(),
                                        owner.authority())));

        assertEquals(0, reply.status());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void an_altered_token_is_refused() {
        for (Secret altered :
                List.of(
                        Tokens.with(account.token(), "\"exp\":", "\"exp\":9"),
                        Tokens.with(account.token(), "/{a}", "/{a}/{c}"),
                        Tokens.with(account.token(), "\"GET\"", "\"POST\""),
                        Tokens.with(account.token(), "/lab\"", "/other\""),
                        Tokens.withSignatureBitFlipped(account.token()),
                        Tokens.withoutSignature(account.token()))) {
            refusedAt("verify", owner.client().call("GET", "/lab/x", altered));
        }
    }

    @Test
    void a_token_for_one_service_is_refused_at_another() {
        refusedAt("verify", owner.call("GET", "/other/x", account));
    }

    @Test
    void a_token_with_a_borrowed_grant_is_refused() {
        Agent.Opened wider = owner.open("read and create things");

        Secret mixed = Tokens.payloadOf(wider.token(), account.token());

        refusedAt("verify", owner.client().call("GET", "/lab/x", mixed));
    }

    @Test
    void tokens_that_play_with_algorithm_type_or_key_are_refused() {
        for (String header :
                List.of(
                        "{\"alg\":\"none\",\"typ\":\"at+jwt\"}",
                        "{\"alg\":\"None\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"../../etc/passwd\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"crit\":[\"x\"]}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"jku\":\"https://thief.example/jwks\"}")) {
            refusedAt(
                    "verify",
                    owner.client().call("GET", "/lab/x", Tokens.headed(account.token(), header)));
        }
    }

    @Test
    void a_token_signed_with_the_public_key_as_a_password_is_refused() {
        String jwks = owner.send("GET", "/oauth2/jwks").bodyText();

        refusedAt(
                "verify", owner.client().call("GET", "/lab/x", Tokens.hmac(account.token(), jwks)));
    }

    @Test
    void what_is_no_token_is_refused_without_a_word_of_it_in_the_answer() {
        for (String garbage : List.of("x", "a.b.c", "....", "e".repeat(5_000), "eyJhbGciOi..")) {
            Answer answer = owner.client().call("GET", "/lab/x", Secret.of(garbage));

            refusedAt("verify", answer);
            assertTrue(!answer.bodyText().contains("eeee"), answer.bodyText());
        }
    }
}
