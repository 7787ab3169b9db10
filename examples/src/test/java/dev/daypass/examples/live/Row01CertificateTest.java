package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.AgentCertificate;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.Pem;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Threat 1: a token that is bound to a certificate, in the wrong hands.
///
/// Mutation: `TokenCheck.held` lets any certificate count.
class Row01CertificateTest extends WithToken {
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
}
