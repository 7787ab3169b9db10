package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustAnchorTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration LIFE = Duration.ofHours(1);
    private static final SpiffeId BUYBOT = new SpiffeId("example.org", new AgentId("buybot"));

    @TempDir Path temp;
    private CertificateAuthority authority;
    private TrustAnchor anchor;
    private KeyPair authorityKey;

    @BeforeEach
    void anAuthority() throws Exception {
        authority = CertificateAuthority.create(temp.resolve("ca"), "example.org", NOW);
        authorityKey = EnrolmentKey.read(temp.resolve("ca/ca.key.pem")).pair();
        anchor = TrustAnchor.parse(authority.anchor().pem());
    }

    @Test
    void an_issued_certificate_is_the_agents() {
        X509Certificate peer = issued();

        var agent = assertInstanceOf(PeerIdentity.Agent.class, anchor.agentOf(peer, NOW));

        assertEquals(BUYBOT, agent.id());
        assertEquals(TrustAnchor.thumbprint(peer), agent.key());
    }

    @Test
    void a_genuine_looking_certificate_signed_by_the_authority_is_accepted() throws Exception {
        X509Certificate peer = forged().signedBy(authorityKey, anchor.certificate());

        assertInstanceOf(PeerIdentity.Agent.class, anchor.agentOf(peer, NOW));
    }

    @Test
    void a_certificate_holds_from_a_minute_early_to_its_last_second() {
        X509Certificate peer = issued();

        assertInstanceOf(PeerIdentity.Agent.class, anchor.agentOf(peer, NOW.minusSeconds(60)));
        assertInstanceOf(PeerIdentity.Agent.class, anchor.agentOf(peer, NOW.plus(LIFE)));
        assertRefused(peer, NOW.minusSeconds(61), "is not valid before 2026-11-24T09:59:00Z");
        assertRefused(peer, NOW.plus(LIFE).plusMillis(1), "ended at 2026-11-24T11:00:00Z");
    }

    @Test
    void an_authority_that_has_ended_vouches_for_nobody() throws Exception {
        Instant late = NOW.plus(Duration.ofDays(4_000));
        X509Certificate peer =
                Forged.like(BUYBOT.uri(), late).signedBy(authorityKey, anchor.certificate());

        assertRefused(peer, late, "certificate of the authority ended");
    }

    @Test
    void a_self_signed_lookalike_with_the_same_names_is_refused() throws Exception {
        var other = CertificateAuthority.create(temp.resolve("other"), "example.org", NOW);
        KeyPair otherKey = EnrolmentKey.read(temp.resolve("other/ca.key.pem")).pair();
        X509Certificate peer = forged().signedBy(otherKey, other.anchor().certificate());

        assertEquals(anchor.certificate().getSubjectX500Principal(), peer.getIssuerX500Principal());
        assertRefused(peer, NOW, "was not issued by the authority of `example.org`");
        assertRefused(other.anchor().certificate(), NOW, "was not issued by");
    }

    @Test
    void a_certificate_of_another_issuer_name_is_refused() throws Exception {
        var other = CertificateAuthority.create(temp.resolve("other"), "example.net", NOW);
        X509Certificate peer = forged().signedBy(authorityKey, other.anchor().certificate());

        assertRefused(peer, NOW, "was not issued by the authority");
    }

    @Test
    void a_changed_certificate_is_refused() {
        byte[] der = Pem.der(issued());
        der[der.length - 1] ^= 1;

        assertRefused(Pem.certificate(der), NOW, "was not issued by the authority");
    }

    @Test
    void another_signature_algorithm_is_refused() throws Exception {
        X509Certificate peer =
                forged().signedBy(authorityKey, anchor.certificate(), "SHA384withECDSA");

        assertRefused(peer, NOW, "was not issued by the authority");
    }

    @Test
    void an_authority_is_not_an_agent() throws Exception {
        assertRefused(
                forged().withAuthority().signedBy(authorityKey, anchor.certificate()),
                NOW,
                "is an authority's");
        assertRefused(anchor.certificate(), NOW, "is an authority's");
    }

    @Test
    void a_key_that_may_sign_certificates_is_refused() throws Exception {
        for (int extra : new int[] {KeyUsage.keyCertSign, KeyUsage.cRLSign}) {
            assertRefused(
                    forged().withUsage(KeyUsage.digitalSignature | extra)
                            .signedBy(authorityKey, anchor.certificate()),
                    NOW,
                    "key usage");
        }
        assertRefused(
                forged().withUsage(KeyUsage.keyAgreement)
                        .signedBy(authorityKey, anchor.certificate()),
                NOW,
                "key usage");
    }

    @Test
    void a_certificate_without_a_purpose_or_for_servers_is_refused() throws Exception {
        for (var purpose :
                List.of(KeyPurposeId.anyExtendedKeyUsage, KeyPurposeId.id_kp_serverAuth)) {
            assertRefused(
                    forged().withPurpose(purpose).signedBy(authorityKey, anchor.certificate()),
                    NOW,
                    "is not for clients");
        }
    }

    @Test
    void a_listeners_certificate_is_not_an_agents() {
        var server = authority.issueServer(List.of("localhost"), NOW, LIFE);

        assertRefused(Pem.certificates(server.chainPem()).getFirst(), NOW, "is not for clients");
    }

    @Test
    void exactly_one_uri_name_is_permitted() throws Exception {
        var two = Forged.uris(BUYBOT.uri(), "spiffe://example.org/agent/other");
        var none = new GeneralNames(new GeneralName(GeneralName.dNSName, "buybot.example.org"));

        assertRefused(signedWith(two), NOW, "has 2 uri names; expected 1");
        assertRefused(signedWith(none), NOW, "has 0 uri names; expected 1");
        assertRefused(signedWith(new GeneralNames(new GeneralName[0])), NOW, "has 0 uri names");
    }

    @Test
    void an_agent_of_another_trust_domain_is_refused() throws Exception {
        assertRefused(
                signedWith(Forged.uris("spiffe://example.net/agent/buybot")),
                NOW,
                "is of trust domain `example.net`; expected `example.org`");
    }

    @Test
    void a_uri_that_is_not_an_agents_id_is_refused() throws Exception {
        for (String uri :
                List.of(
                        "spiffe://example.org",
                        "spiffe://example.org/",
                        "spiffe://example.org/server/buybot",
                        "spiffe://example.org/agent/",
                        "spiffe://example.org/agent/buybot/",
                        "spiffe://example.org/agent/../agent/buybot",
                        "spiffe://example.org/agent/%62uybot",
                        "spiffe://example.org:443/agent/buybot",
                        "SPIFFE://example.org/agent/buybot",
                        "https://example.org/agent/buybot")) {
            var refusal = anchor.agentOf(signedWith(Forged.uris(uri)), NOW);

            assertInstanceOf(PeerIdentity.NotAnAgent.class, refusal, uri);
        }
    }

    @Test
    void an_anchor_is_one_certificate_of_an_authority() throws Exception {
        String pem = anchor.pem();
        String leaf = Pem.ofCertificates(List.of(issued()));
        KeyPair stranger = P256.generate();
        String crossSigned =
                Pem.ofCertificates(
                        List.of(
                                Forged.like("spiffe://example.org", NOW)
                                        .withAuthority()
                                        .withUsage(KeyUsage.keyCertSign)
                                        .signedBy(stranger, anchor.certificate())));

        assertThrows(WireException.class, () -> TrustAnchor.parse(pem + pem));
        assertThrows(WireException.class, () -> TrustAnchor.parse(leaf));
        assertThrows(WireException.class, () -> TrustAnchor.parse(crossSigned));
        assertThrows(WireException.class, () -> TrustAnchor.parse("garbage"));
    }

    private Forged forged() {
        return Forged.like(BUYBOT.uri(), NOW);
    }

    private X509Certificate signedWith(GeneralNames names) throws Exception {
        return forged().withNames(names).signedBy(authorityKey, anchor.certificate());
    }

    private X509Certificate issued() {
        byte[] request = EnrolmentKey.generate().requestPem().getBytes(StandardCharsets.US_ASCII);
        var issued =
                assertInstanceOf(
                        AgentCertificate.Issued.class,
                        authority.issueAgent(request, BUYBOT, NOW, LIFE));
        return Pem.certificates(issued.chainPem()).getFirst();
    }

    private void assertRefused(X509Certificate peer, Instant now, String why) {
        var refusal = assertInstanceOf(PeerIdentity.NotAnAgent.class, anchor.agentOf(peer, now));
        assertTrue(refusal.why().contains(why), refusal.why());
    }
}
