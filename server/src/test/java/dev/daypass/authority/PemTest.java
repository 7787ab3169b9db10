package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PemTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final KeyPair KEY = P256.generate();
    private static final String CERTIFICATE =
            Pem.ofCertificates(
                    List.of(
                            CertificateProfile.authority(
                                    KEY,
                                    "example.org",
                                    Validity.starting(NOW, Duration.ofDays(1)))));
    private static final String PRIVATE_KEY = Pem.ofPrivateKey(KEY.getPrivate());

    @Test
    void a_private_key_comes_back_with_its_public_half() {
        KeyPair read = Pem.keyPair(ascii(PRIVATE_KEY));

        assertEquals(KEY.getPublic(), read.getPublic());
        assertEquals(PRIVATE_KEY, Pem.ofPrivateKey(read.getPrivate()));
    }

    @Test
    void up_to_eight_certificates_are_read_in_order() {
        assertEquals(8, Pem.certificates(CERTIFICATE.repeat(8)).size());
        assertEquals(
                CERTIFICATE.repeat(2), Pem.ofCertificates(Pem.certificates(CERTIFICATE.repeat(2))));

        assertThrows(WireException.class, () -> Pem.certificates(CERTIFICATE.repeat(9)));
    }

    @Test
    void text_without_a_block_is_refused() {
        assertThrows(WireException.class, () -> Pem.certificates(""));
        assertThrows(WireException.class, () -> Pem.certificates("not pem"));
    }

    @Test
    void pem_cut_off_at_any_place_is_refused() {
        for (int length = 0; length < CERTIFICATE.strip().length(); length++) {
            String cut = CERTIFICATE.substring(0, length);
            assertThrows(WireException.class, () -> Pem.certificates(cut), cut);
        }
    }

    @Test
    void a_block_of_another_kind_is_refused() {
        assertThrows(WireException.class, () -> Pem.certificates(CERTIFICATE + PRIVATE_KEY));
        assertThrows(WireException.class, () -> Pem.keyPair(ascii(CERTIFICATE)));
        assertThrows(WireException.class, () -> Pem.keyPair(ascii(PRIVATE_KEY.repeat(2))));
    }

    @Test
    void pem_longer_than_16_kib_is_refused() {
        String padded = " ".repeat(Pem.BYTES_MAX - CERTIFICATE.length()) + CERTIFICATE;

        assertThrows(WireException.class, () -> Pem.certificates(" " + padded));
    }

    @Test
    void a_certificate_with_bytes_after_it_is_refused() {
        byte[] der = Pem.der(Pem.certificates(CERTIFICATE).getFirst());
        String longer = Pem.block(Pem.CERTIFICATE, java.util.Arrays.copyOf(der, der.length + 1));

        assertThrows(WireException.class, () -> Pem.certificates(longer));
    }

    @Test
    void damage_is_refused_or_read_but_never_fails_otherwise() {
        long seed = seed();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = ascii(round % 2 == 0 ? CERTIFICATE : PRIVATE_KEY);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                Pem.certificates(new String(damaged, StandardCharsets.ISO_8859_1));
                Pem.keyPair(damaged);
            } catch (WireException e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank(), "seed " + seed);
            }
        }
    }

    @Test
    void keys_of_other_kinds_are_refused_without_a_word_of_their_content() throws Exception {
        for (KeyPair other : List.of(rsa(), Forged.p384())) {
            String pem = Pem.ofPrivateKey(other.getPrivate());

            var refusal = assertThrows(WireException.class, () -> Pem.keyPair(ascii(pem)));

            assertFalse(pem.contains(String.valueOf(refusal.getMessage())), refusal.getMessage());
        }
    }

    private static KeyPair rsa() throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static long seed() {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("seed " + seed);
        return seed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
