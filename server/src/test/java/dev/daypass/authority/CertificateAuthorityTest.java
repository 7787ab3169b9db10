package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.InvalidName;
import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");

    @TempDir Path temp;

    @Test
    void the_authority_signs_leaves_and_nothing_below_them() throws Exception {
        X509Certificate certificate = created().anchor().certificate();

        certificate.verify(certificate.getPublicKey());
        assertEquals(0, certificate.getBasicConstraints());
        boolean[] usage = certificate.getKeyUsage();
        assertArrayEquals(
                new boolean[] {false, false, false, false, false, true, true, false, false}, usage);
        assertEquals(
                Set.of(Extension.basicConstraints.getId(), Extension.keyUsage.getId()),
                certificate.getCriticalExtensionOIDs());
        assertTrue(
                certificate
                        .getNonCriticalExtensionOIDs()
                        .contains(Extension.subjectKeyIdentifier.getId()));
        assertEquals(
                List.of(List.of(6, "spiffe://example.org")),
                List.copyOf(certificate.getSubjectAlternativeNames()));
        assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    }

    @Test
    void the_authority_holds_for_ten_years() throws Exception {
        X509Certificate certificate = created().anchor().certificate();

        assertEquals(Instant.parse("2026-11-24T09:59:00Z"), certificate.getNotBefore().toInstant());
        assertEquals(Instant.parse("2036-11-24T10:00:00Z"), certificate.getNotAfter().toInstant());
    }

    @Test
    void its_files_are_the_owners_alone() throws Exception {
        created();

        for (String name : List.of("ca/ca.key.pem", "ca/ca.pem")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(temp.resolve(name))));
        }
    }

    @Test
    void what_was_created_is_what_is_loaded() throws Exception {
        var created = created();

        var loaded = CertificateAuthority.load(temp.resolve("ca"));

        assertEquals(created.anchor().certificate(), loaded.anchor().certificate());
        assertEquals("example.org", loaded.trustDomain());
        assertEquals(created.fingerprint(), loaded.fingerprint());
    }

    @Test
    void the_fingerprint_is_the_digest_of_the_certificate() throws Exception {
        var authority = created();

        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(authority.anchor().certificate().getEncoded());

        assertEquals(Base64Url.encode(digest), authority.fingerprint().value());
    }

    @Test
    void an_authority_is_never_made_over_another() throws Exception {
        var first = created();

        assertThrows(FileAlreadyExistsException.class, this::created);

        assertEquals(
                first.fingerprint(), CertificateAuthority.load(temp.resolve("ca")).fingerprint());
    }

    @Test
    void a_creation_cut_off_after_the_key_goes_on_with_that_key() throws Exception {
        EnrolmentKey key = EnrolmentKey.generate();
        key.write(temp.resolve("ca/ca.key.pem"));

        var authority = created();

        assertEquals(key.pair().getPublic(), authority.anchor().certificate().getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Example.org", "a b", "a/b", "exämple.org", "example.org:8443"})
    void a_trust_domain_that_is_not_one_makes_no_authority(String trustDomain) {
        assertThrows(
                InvalidName.class,
                () -> CertificateAuthority.create(temp.resolve("ca"), trustDomain, NOW));

        assertTrue(Files.notExists(temp.resolve("ca")));
    }

    @Test
    void the_longest_trust_domain_makes_one() throws Exception {
        String longest = "d".repeat(63) + ("." + "d".repeat(63)).repeat(3);

        var authority = CertificateAuthority.create(temp.resolve("ca"), longest, NOW);

        assertEquals(longest, authority.trustDomain());
        assertEquals(longest, CertificateAuthority.load(temp.resolve("ca")).trustDomain());
    }

    @Test
    void a_key_that_others_can_read_is_not_loaded() throws Exception {
        created();
        Path key = temp.resolve("ca/ca.key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        var refusal = assertThrows(KeyFileException.class, this::load);

        assertTrue(
                String.valueOf(refusal.getMessage()).endsWith("chmod 600 " + key),
                refusal.getMessage());
    }

    @Test
    void a_key_of_another_certificate_is_not_loaded() throws Exception {
        created();
        Path key = temp.resolve("ca/ca.key.pem");
        KeyFiles.replace(key, EnrolmentKey.generate().pem().getBytes(StandardCharsets.US_ASCII));

        var refusal = assertThrows(KeyFileException.class, this::load);

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("is not for the key"),
                refusal.getMessage());
    }

    @Test
    void garbage_in_either_file_is_named() throws Exception {
        for (String name : List.of("ca.key.pem", "ca.pem")) {
            Path dir = temp.resolve("ca-" + name);
            CertificateAuthority.create(dir, "example.org", NOW);
            KeyFiles.replace(dir.resolve(name), new byte[] {1, 2, 3});

            var refusal =
                    assertThrows(KeyFileException.class, () -> CertificateAuthority.load(dir));

            assertTrue(
                    String.valueOf(refusal.getMessage()).contains(dir.resolve(name).toString()),
                    refusal.getMessage());
        }
    }

    @Test
    void a_missing_authority_is_an_io_error() {
        assertThrows(NoSuchFileException.class, this::load);
    }

    @Test
    void a_listener_gets_a_key_and_its_names() throws Exception {
        var names = List.of("localhost", "edge.example.org", "127.0.0.1", "::1");

        var server = created().issueServer(names, NOW, Duration.ofDays(1));

        List<X509Certificate> chain = Pem.certificates(server.chainPem());
        X509Certificate leaf = chain.getFirst();
        assertEquals(2, chain.size());
        leaf.verify(chain.getLast().getPublicKey());
        assertEquals(-1, leaf.getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
        assertEquals(
                List.of(
                        List.of(2, "localhost"),
                        List.of(2, "edge.example.org"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1")),
                List.copyOf(leaf.getSubjectAlternativeNames()));
        assertEquals(
                leaf.getPublicKey(),
                Pem.keyPair(server.keyPem().getBytes(StandardCharsets.US_ASCII)).getPublic());
        assertEquals("[redacted]", server.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Localhost",
                "a b",
                "*",
                "*.example.org",
                "a..b",
                "-a",
                "a-",
                "256.0.0.1",
                "1.2.3",
                "8443",
                "[::1]",
                "fe80::1%eth0",
                "::g",
                "host:8443",
                "https://host",
                "a_b"
            })
    void a_name_that_is_not_a_listeners_is_refused(String name) throws Exception {
        var authority = created();

        var refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> authority.issueServer(List.of(name), NOW, Duration.ofDays(1)));

        assertTrue(
                String.valueOf(refusal.getMessage())
                        .startsWith("`" + name + "` is not a listener's name"),
                refusal.getMessage());
    }

    @Test
    void a_listener_needs_a_name() throws Exception {
        var authority = created();

        assertThrows(
                IllegalArgumentException.class,
                () -> authority.issueServer(List.of(), NOW, Duration.ofDays(1)));
    }

    @Test
    void a_life_out_of_bounds_is_refused() throws Exception {
        var authority = created();

        for (Duration life :
                List.of(
                        Duration.ZERO,
                        Duration.ofSeconds(-1),
                        CertificateAuthority.SERVER_LIFE_MAX.plusSeconds(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> authority.issueServer(List.of("localhost"), NOW, life));
        }
    }

    @Test
    void no_certificate_outlives_the_authority() throws Exception {
        var authority = created();
        Instant end = authority.anchor().certificate().getNotAfter().toInstant();

        var server =
                authority.issueServer(
                        List.of("localhost"), end.minusSeconds(60), Duration.ofDays(1));

        assertEquals(end, Pem.certificates(server.chainPem()).getFirst().getNotAfter().toInstant());
        assertThrows(
                IllegalStateException.class,
                () ->
                        authority.issueServer(
                                List.of("localhost"), end.plusSeconds(1), Duration.ofDays(1)));
    }

    @Test
    void serial_numbers_have_128_bits_and_differ() throws Exception {
        var authority = created();

        var one = authority.issueServer(List.of("localhost"), NOW, Duration.ofDays(1));
        var two = authority.issueServer(List.of("localhost"), NOW, Duration.ofDays(1));

        var first = Pem.certificates(one.chainPem()).getFirst().getSerialNumber();
        var second = Pem.certificates(two.chainPem()).getFirst().getSerialNumber();
        assertEquals(128, first.bitLength());
        assertEquals(1, first.signum());
        assertNotEquals(first, second);
    }

    private CertificateAuthority created() throws IOException {
        return CertificateAuthority.create(temp.resolve("ca"), "example.org", NOW);
    }

    private CertificateAuthority load() throws IOException {
        return CertificateAuthority.load(temp.resolve("ca"));
    }
}
