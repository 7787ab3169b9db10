package dev.daypass.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.KeyFileException;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.vault.Sealer.Opening;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final Secret SECRET = Secret.of("hunter2-hunter2");
    private static final byte[] LABEL = label("acme", "flights", "bearer");
    private static final int OVERHEAD_BYTES = 1 + 12 + 16;

    @TempDir Path temp;
    private Sealer sealer;

    @BeforeEach
    void aSealer() throws IOException {
        sealer = Sealer.create(temp.resolve("vault/vault.key"));
    }

    @Test
    void what_was_sealed_opens_under_the_same_label() {
        byte[] sealed = sealer.seal(SECRET, LABEL);

        assertEquals(new Opening.Opened(SECRET), sealer.open(sealed, LABEL));
        assertEquals(SECRET.revealBytes().length + OVERHEAD_BYTES, sealed.length);
    }

    @Test
    void the_key_is_the_owners_alone_and_opens_after_a_restart() throws IOException {
        byte[] sealed = sealer.seal(SECRET, LABEL);
        Path file = temp.resolve("vault/vault.key");

        Sealer loaded = Sealer.load(file);

        assertEquals(new Opening.Opened(SECRET), loaded.open(sealed, LABEL));
        assertEquals(32, Files.size(file));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_sealed_secret_shows_nothing_of_it() {
        String sealed = new String(sealer.seal(SECRET, LABEL), StandardCharsets.ISO_8859_1);

        assertFalse(sealed.contains("hunter2"));
    }

    @Test
    void an_opened_secret_does_not_print() {
        Opening opened = sealer.open(sealer.seal(SECRET, LABEL), LABEL);

        assertEquals("Opened[secret=[redacted]]", opened.toString());
    }

    @Test
    void nothing_and_the_longest_secret_are_sealed_too() {
        for (Secret secret :
                List.of(Secret.of(new byte[0]), Secret.of(new byte[Secret.BYTES_MAX]))) {
            assertEquals(
                    new Opening.Opened(secret), sealer.open(sealer.seal(secret, LABEL), LABEL));
        }
    }

    @Test
    void another_label_does_not_open() {
        byte[] sealed = sealer.seal(SECRET, LABEL);

        for (byte[] other :
                List.of(
                        new byte[0],
                        label("evil", "flights", "bearer"),
                        label("acme", "library", "bearer"),
                        label("acme", "flights", "basic"),
                        Arrays.copyOf(LABEL, LABEL.length + 1),
                        Arrays.copyOf(LABEL, LABEL.length - 1))) {
            assertInstanceOf(Opening.Refused.class, sealer.open(sealed, other));
        }
    }

    @Test
    void another_key_does_not_open() throws IOException {
        Sealer other = Sealer.create(temp.resolve("vault/other.key"));

        assertInstanceOf(Opening.Refused.class, other.open(sealer.seal(SECRET, LABEL), LABEL));
    }

    @Test
    void one_bit_flipped_anywhere_does_not_open() {
        byte[] sealed = sealer.seal(SECRET, LABEL);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertInstanceOf(Opening.Refused.class, sealer.open(flipped, LABEL), "bit " + bit);
        }
    }

    @Test
    void cut_off_or_lengthened_it_does_not_open() {
        byte[] sealed = sealer.seal(SECRET, LABEL);

        for (int length = 0; length < sealed.length; length++) {
            assertInstanceOf(
                    Opening.Refused.class,
                    sealer.open(Arrays.copyOf(sealed, length), LABEL),
                    "length " + length);
        }
        assertInstanceOf(
                Opening.Refused.class,
                sealer.open(Arrays.copyOf(sealed, sealed.length + 1), LABEL));
        assertInstanceOf(
                Opening.Refused.class,
                sealer.open(Arrays.copyOf(sealed, Secret.BYTES_MAX + 30), LABEL));
    }

    @Test
    void ten_thousand_seals_have_ten_thousand_nonces() {
        var nonces = new HashSet<String>();

        for (int i = 0; i < 10_000; i++) {
            nonces.add(HexFormat.of().formatHex(sealer.seal(SECRET, LABEL), 1, 13));
        }

        assertEquals(10_000, nonces.size());
    }

    @Test
    void a_key_is_never_made_over_another() {
        byte[] sealed = sealer.seal(SECRET, LABEL);

        assertThrows(
                FileAlreadyExistsException.class,
                () -> Sealer.create(temp.resolve("vault/vault.key")));

        assertEquals(new Opening.Opened(SECRET), sealer.open(sealed, LABEL));
    }

    @Test
    void a_key_that_is_too_short_or_open_to_others_is_not_loaded() throws IOException {
        Path file = temp.resolve("vault/vault.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(KeyFileException.class, () -> Sealer.load(file));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, new byte[31]);
        var refusal = assertThrows(KeyFileException.class, () -> Sealer.load(file));

        assertTrue(
                String.valueOf(refusal.getMessage()).endsWith("holds 31 bytes; expected 32"),
                refusal.getMessage());
    }

    @Test
    void no_two_labels_have_the_same_form() {
        var forms = new HashSet<String>();
        var parts = List.of("a", "aa", "ab", "b", "a-b", "aab");
        for (String tenant : parts) {
            for (String service : parts) {
                for (String kind : parts) {
                    forms.add(HexFormat.of().formatHex(label(tenant, service, kind)));
                }
            }
        }

        assertEquals(6 * 6 * 6, forms.size());
    }

    @Test
    void a_label_needs_a_kind_of_at_most_64_characters() {
        assertThrows(IllegalArgumentException.class, () -> label("acme", "flights", ""));
        assertThrows(
                IllegalArgumentException.class, () -> label("acme", "flights", "x".repeat(65)));
    }

    private static byte[] label(String tenant, String service, String kind) {
        return new CredentialLabel(new TenantId(tenant), new ServiceId(service), kind).bytes();
    }
}
