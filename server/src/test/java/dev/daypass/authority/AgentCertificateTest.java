package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.SpiffeId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration LIFE = Duration.ofHours(24);
    private static final SpiffeId BUYBOT = new SpiffeId("example.org", new AgentId("buybot"));

    @TempDir Path temp;
    private CertificateAuthority authority;

    @BeforeEach
    void anAuthority() throws Exception {
        authority = CertificateAuthority.create(temp.resolve("ca"), "example.org", NOW);
    }

    @Test
    void the_certificate_says_what_a_client_is_and_no_more() throws Exception {
        EnrolmentKey key = EnrolmentKey.generate();

        X509Certificate leaf = issuedFor(ascii(key.requestPem()));

        assertEquals(key.pair().getPublic(), leaf.getPublicKey());
        assertEquals(-1, leaf.getBasicConstraints());
        assertArrayEquals(
                new boolean[] {true, false, false, false, false, false, false, false, false},
                leaf.getKeyUsage());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), leaf.getExtendedKeyUsage());
        assertEquals(
                List.of(List.of(6, "spiffe://example.org/agent/buybot")),
                List.copyOf(leaf.getSubjectAlternativeNames()));
        assertEquals(
                Set.of(Extension.basicConstraints.getId(), Extension.keyUsage.getId()),
                leaf.getCriticalExtensionOIDs());
        assertEquals(NOW.minusSeconds(60), leaf.getNotBefore().toInstant());
        assertEquals(NOW.plus(LIFE), leaf.getNotAfter().toInstant());
        assertEquals(128, leaf.getSerialNumber().bitLength());
    }

    @Test
    void its_authority_key_identifier_is_the_authoritys_subject_key_identifier() throws Exception {
        X509Certificate leaf = issuedFor(ascii(EnrolmentKey.generate().requestPem()));
        X509Certificate issuer = authority.anchor().certificate();

        byte[] subject = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        byte[] named = leaf.getExtensionValue(Extension.authorityKeyIdentifier.getId());

        assertArrayEquals(
                Arrays.copyOfRange(subject, subject.length - 20, subject.length),
                Arrays.copyOfRange(named, named.length - 20, named.length));
        assertTrue(
                leaf.getNonCriticalExtensionOIDs()
                        .contains(Extension.subjectKeyIdentifier.getId()));
    }

    @Test
    void the_chain_ends_at_the_authority() {
        var issued =
                assertInstanceOf(
                        AgentCertificate.Issued.class,
                        issue(ascii(EnrolmentKey.generate().requestPem())));

        List<X509Certificate> chain = Pem.certificates(issued.chainPem());

        assertEquals(2, chain.size());
        assertEquals(authority.anchor().certificate(), chain.getLast());
        assertEquals(NOW.plus(LIFE), issued.until());
    }

    @Test
    void a_request_in_der_is_as_good() throws Exception {
        byte[] der = request(P256.generate(), "SHA256withECDSA").getEncoded();

        assertInstanceOf(AgentCertificate.Issued.class, issue(der));
    }

    @Test
    void longer_digests_are_as_good() throws Exception {
        for (String algorithm : List.of("SHA384withECDSA", "SHA512withECDSA")) {
            byte[] der = request(P256.generate(), algorithm).getEncoded();

            assertInstanceOf(AgentCertificate.Issued.class, issue(der), algorithm);
        }
    }

    @Test
    void a_request_for_another_agents_name_gets_the_name_the_server_says() throws Exception {
        KeyPair key = P256.generate();
        var asked = new ExtensionsGenerator();
        asked.addExtension(
                Extension.subjectAlternativeName,
                true,
                Forged.uris("spiffe://example.org/agent/admin", "spiffe://example.org"));
        asked.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        asked.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        asked.addExtension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
        byte[] der =
                new JcaPKCS10CertificationRequestBuilder(
                                new X500Name("CN=admin,O=Daypass CA"), key.getPublic())
                        .addAttribute(
                                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, asked.generate())
                        .build(signer(key, "SHA256withECDSA"))
                        .getEncoded();

        X509Certificate leaf = issuedFor(der);

        assertEquals("O=Daypass", leaf.getSubjectX500Principal().getName());
        assertEquals(
                List.of(List.of(6, "spiffe://example.org/agent/buybot")),
                List.copyOf(leaf.getSubjectAlternativeNames()));
        assertEquals(-1, leaf.getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), leaf.getExtendedKeyUsage());
        assertFalse(leaf.getKeyUsage()[5]);
        var agent = assertInstanceOf(PeerIdentity.Agent.class, authority.agentOf(leaf, NOW));
        assertEquals(BUYBOT, agent.id());
    }

    @Test
    void a_request_signed_by_another_key_is_refused() throws Exception {
        byte[] der =
                new JcaPKCS10CertificationRequestBuilder(
                                new X500Name("CN=x"), P256.generate().getPublic())
                        .build(signer(P256.generate(), "SHA256withECDSA"))
                        .getEncoded();

        assertRefused(der, "is not signed by the key that it is for");
    }

    @Test
    void a_signature_of_another_request_is_refused() throws Exception {
        KeyPair key = P256.generate();
        var one = request(key, "SHA256withECDSA").toASN1Structure();
        var two =
                new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=two"), key.getPublic())
                        .build(signer(key, "SHA256withECDSA"))
                        .toASN1Structure();
        byte[] mixed =
                new CertificationRequest(
                                two.getCertificationRequestInfo(),
                                one.getSignatureAlgorithm(),
                                (DERBitString) one.getSignature())
                        .getEncoded();

        assertRefused(mixed, "is not signed by the key that it is for");
    }

    @Test
    void a_signature_that_is_not_one_is_refused() throws Exception {
        var one = request(P256.generate(), "SHA256withECDSA").toASN1Structure();
        byte[] unsigned =
                new CertificationRequest(
                                one.getCertificationRequestInfo(),
                                one.getSignatureAlgorithm(),
                                new DERBitString(new byte[0]))
                        .getEncoded();

        assertRefused(unsigned, "is not signed by the key that it is for");
    }

    @Test
    void a_signature_with_sha_1_is_refused() throws Exception {
        byte[] der = request(P256.generate(), "SHA1withECDSA").getEncoded();

        assertRefused(der, "is signed with `1.2.840.10045.4.1`");
    }

    @Test
    void an_rsa_key_is_refused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] der = request(generator.generateKeyPair(), "SHA256withRSA").getEncoded();

        assertRefused(der, "public key of kind `1.2.840.113549.1.1.1` is not permitted");
    }

    @Test
    void a_p384_key_is_refused() throws Exception {
        byte[] der = request(Forged.p384(), "SHA384withECDSA").getEncoded();

        assertRefused(
                der,
                "public key of kind `EC 1.3.132.0.34` is not permitted; permitted: EC on P-256");
    }

    @Test
    void an_ed25519_key_is_refused() throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertRefused(request(key, "Ed25519").getEncoded(), "public key of kind `1.3.101.112`");
    }

    @Test
    void a_curve_spelled_out_is_refused_even_if_it_is_p256() throws Exception {
        KeyPair key = P256.generate();
        var named = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        var spelledOut =
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(
                                X9ObjectIdentifiers.id_ecPublicKey,
                                SECNamedCurves.getByName("secp256r1")),
                        named.getPublicKeyData().getOctets());

        assertRefused(requestFor(spelledOut, key), "is not permitted; permitted: EC on P-256");
    }

    @Test
    void a_point_off_the_curve_is_refused() throws Exception {
        KeyPair key = P256.generate();
        var good = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        byte[] point = good.getPublicKeyData().getOctets();
        point[64] ^= 1;

        assertRefused(
                requestFor(new SubjectPublicKeyInfo(good.getAlgorithm(), point), key),
                "is not an uncompressed point on P-256");
        assertRefused(
                requestFor(new SubjectPublicKeyInfo(good.getAlgorithm(), new byte[65]), key),
                "is not an uncompressed point on P-256");
        assertRefused(
                requestFor(new SubjectPublicKeyInfo(good.getAlgorithm(), new byte[1]), key),
                "is not an uncompressed point on P-256");
    }

    @Test
    void a_request_cut_off_at_any_byte_is_refused() throws Exception {
        byte[] der = request(P256.generate(), "SHA256withECDSA").getEncoded();
        String pem = Pem.block(Pem.REQUEST, der);

        for (int length = 0; length < der.length; length++) {
            assertInstanceOf(AgentCertificate.Refused.class, issue(Arrays.copyOf(der, length)));
        }
        for (int length = 0; length < pem.strip().length(); length++) {
            assertInstanceOf(
                    AgentCertificate.Refused.class, issue(ascii(pem.substring(0, length))));
        }
    }

    @Test
    void garbage_is_refused() {
        assertRefused(new byte[0], "malformed certificate request");
        assertRefused(ascii("garbage"), "malformed certificate request");
        assertRefused(
                ascii(
                        "-----BEGIN CERTIFICATE REQUEST-----\n????\n-----END CERTIFICATE REQUEST-----\n"),
                "malformed");
        assertRefused(ascii(authority.anchor().pem()), "something else");
        assertRefused(ascii(EnrolmentKey.generate().requestPem().repeat(2)), "pem holds 2 blocks");
    }

    @Test
    void a_request_with_bytes_after_it_is_refused() throws Exception {
        byte[] der = request(P256.generate(), "SHA256withECDSA").getEncoded();

        assertRefused(Arrays.copyOf(der, der.length + 1), "malformed certificate request");
    }

    @Test
    void a_request_longer_than_16_kib_is_refused() {
        assertRefused(new byte[Pem.BYTES_MAX + 1], "is too long; permitted: 16384");
    }

    @Test
    void an_agent_of_another_trust_domain_is_never_named() {
        byte[] request = ascii(EnrolmentKey.generate().requestPem());
        var stranger = new SpiffeId("example.net", new AgentId("buybot"));

        assertThrows(
                IllegalArgumentException.class,
                () -> authority.issueAgent(request, stranger, NOW, LIFE));
    }

    @Test
    void a_life_out_of_bounds_is_refused() {
        byte[] request = ascii(EnrolmentKey.generate().requestPem());

        for (Duration life :
                List.of(Duration.ZERO, CertificateAuthority.AGENT_LIFE_MAX.plusSeconds(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> authority.issueAgent(request, BUYBOT, NOW, life));
        }
    }

    private AgentCertificate issue(byte[] request) {
        return authority.issueAgent(request, BUYBOT, NOW, LIFE);
    }

    private X509Certificate issuedFor(byte[] request) {
        var issued = assertInstanceOf(AgentCertificate.Issued.class, issue(request));
        return Pem.certificates(issued.chainPem()).getFirst();
    }

    private void assertRefused(byte[] request, String why) {
        var refusal = assertInstanceOf(AgentCertificate.Refused.class, issue(request));
        assertTrue(refusal.why().contains(why), refusal.why());
    }

    private static PKCS10CertificationRequest request(KeyPair key, String algorithm)
            throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), key.getPublic())
                .build(signer(key, algorithm));
    }

    private static byte[] requestFor(SubjectPublicKeyInfo info, KeyPair signer) throws Exception {
        return new PKCS10CertificationRequestBuilder(new X500Name("CN=x"), info)
                .build(signer(signer, "SHA256withECDSA"))
                .getEncoded();
    }

    private static org.bouncycastle.operator.ContentSigner signer(KeyPair key, String algorithm)
            throws Exception {
        return new JcaContentSignerBuilder(algorithm).build(key.getPrivate());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
