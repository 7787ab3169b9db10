package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123456Z");
    private static final String CLAIMS = "{\"sub\":\"acc_1\",\"naïve\":\"✈\"}";

    @TempDir Path temp;

    @Test
    void a_signed_token_verifies_to_the_same_claims() throws IOException {
        SigningKeys keys = created();

        SignatureCheck check = keys.verify(keys.sign(CLAIMS));

        var signed = assertInstanceOf(SignatureCheck.Signed.class, check);
        assertArrayEquals(CLAIMS.getBytes(StandardCharsets.UTF_8), signed.claims());
        assertEquals(keys.kid(), signed.kid());
    }

    @Test
    void the_header_is_the_same_for_all_tokens() throws IOException {
        SigningKeys keys = created();

        String header = keys.sign("{}").split("\\.", -1)[0];

        assertEquals(
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(keys.kid()),
                new String(Base64Url.decode(header), StandardCharsets.UTF_8));
    }

    @Test
    void the_key_is_named_by_its_thumbprint() throws Exception {
        SigningKeys keys = created();

        ECKey listed =
                com.nimbusds.jose.jwk.JWKSet.parse(keys.jwks()).getKeys().getFirst().toECKey();

        assertEquals(listed.computeThumbprint().toString(), keys.kid());
    }

    @Test
    void a_loaded_key_signs_as_the_created_one_did() throws IOException {
        SigningKeys created = created();

        SigningKeys loaded = SigningKeys.load(temp.resolve("keys"));

        assertEquals(created.kid(), loaded.kid());
        assertInstanceOf(SignatureCheck.Signed.class, created.verify(loaded.sign(CLAIMS)));
    }

    @Test
    void key_files_are_the_owners_alone() throws IOException {
        created();

        Path file = onlyFile();

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("token-1795514400123.key.pem", String.valueOf(file.getFileName()));
    }

    @Test
    void keys_are_never_made_over_others() throws IOException {
        SigningKeys first = created();

        assertThrows(FileAlreadyExistsException.class, this::created);

        assertEquals(first.kid(), SigningKeys.load(temp.resolve("keys")).kid());
    }

    @Test
    void a_directory_without_keys_says_what_to_do() {
        var refusal = assertThrows(KeyFileException.class, () -> SigningKeys.load(temp));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("daypass init"),
                refusal.getMessage());
    }

    @Test
    void a_file_of_another_name_among_the_keys_is_refused() throws IOException {
        created();
        Files.copy(onlyFile(), temp.resolve("keys/token-copy.key.pem"));

        var refusal =
                assertThrows(KeyFileException.class, () -> SigningKeys.load(temp.resolve("keys")));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("token-copy.key.pem"),
                refusal.getMessage());
    }

    @Test
    void a_key_that_others_can_read_is_not_loaded() throws IOException {
        created();
        Files.setPosixFilePermissions(onlyFile(), PosixFilePermissions.fromString("rw-r-----"));

        assertThrows(KeyFileException.class, () -> SigningKeys.load(temp.resolve("keys")));
    }

    @Test
    void the_published_set_has_public_members_only() throws Exception {
        SigningKeys keys = created();
        keys.rotate(NOW.plusSeconds(1));

        for (var key : com.nimbusds.jose.jwk.JWKSet.parse(keys.jwks()).getKeys()) {
            assertFalse(key.isPrivate());
            assertEquals(
                    Set.of("kty", "crv", "x", "y", "kid", "use", "alg"),
                    key.toJSONObject().keySet());
        }
    }

    @Test
    void after_a_rotation_the_new_key_signs_and_old_tokens_still_verify() throws IOException {
        SigningKeys keys = created();
        String oldKid = keys.kid();
        String oldToken = keys.sign(CLAIMS);

        keys.rotate(NOW.plusSeconds(1));

        String newToken = keys.sign(CLAIMS);
        assertNotEquals(oldKid, keys.kid());
        assertEquals(Set.of(oldKid, keys.kid()), keys.verificationKeys().kids());
        assertInstanceOf(SignatureCheck.Signed.class, keys.verify(oldToken));
        assertInstanceOf(SignatureCheck.Signed.class, keys.verify(newToken));
    }

    @Test
    void a_rotation_outlives_the_process_even_if_the_clock_went_back() throws IOException {
        SigningKeys keys = created();
        keys.rotate(NOW.minusSeconds(3_600));
        keys.rotate(NOW.minusSeconds(3_600));

        SigningKeys loaded = SigningKeys.load(temp.resolve("keys"));

        assertEquals(keys.kid(), loaded.kid());
        assertEquals(3, loaded.verificationKeys().kids().size());
    }

    @Test
    void a_retired_keys_tokens_verify_no_more() throws IOException {
        SigningKeys keys = created();
        String oldKid = keys.kid();
        String oldToken = keys.sign(CLAIMS);
        keys.rotate(NOW.plusSeconds(100));
        String newToken = keys.sign(CLAIMS);

        assertEquals(List.of(), keys.retire(NOW.plusSeconds(50)));
        assertInstanceOf(SignatureCheck.Signed.class, keys.verify(oldToken));
        assertEquals(List.of(oldKid), keys.retire(NOW.plusSeconds(200)));

        assertEquals(new SignatureCheck.Invalid(TokenFlaw.UNKNOWN_KEY), keys.verify(oldToken));
        assertInstanceOf(SignatureCheck.Signed.class, keys.verify(newToken));
        assertEquals(
                Set.of(keys.kid()),
                SigningKeys.load(temp.resolve("keys")).verificationKeys().kids());
    }

    @Test
    void the_key_that_signs_is_never_retired() throws IOException {
        SigningKeys keys = created();
        keys.rotate(NOW.plusSeconds(1));
        keys.rotate(NOW.plusSeconds(2));
        String kid = keys.kid();

        assertEquals(2, keys.retire(Instant.MAX).size());
        assertEquals(List.of(), keys.retire(Instant.MAX));

        assertEquals(kid, keys.kid());
    }

    @Test
    void there_are_at_most_64_keys() throws IOException {
        SigningKeys keys = created();
        for (int i = 1; i < 64; i++) {
            keys.rotate(NOW.plusSeconds(i));
        }

        assertThrows(KeyFileException.class, () -> keys.rotate(NOW.plusSeconds(64)));

        assertEquals(64, SigningKeys.load(temp.resolve("keys")).verificationKeys().kids().size());
    }

    @Test
    void claims_that_would_not_verify_for_their_length_are_not_signed() throws IOException {
        SigningKeys keys = created();

        assertThrows(IllegalArgumentException.class, () -> keys.sign(new byte[8_000]));
    }

    @Test
    void an_edge_with_the_published_set_verifies() throws IOException {
        SigningKeys keys = created();
        keys.rotate(NOW.plusSeconds(1));

        VerificationKeys edge = VerificationKeys.parse(keys.jwks());

        assertInstanceOf(SignatureCheck.Signed.class, edge.verify(keys.sign(CLAIMS)));
        assertEquals(keys.jwks(), edge.jwks());
    }

    @Test
    void a_set_with_a_private_unnamed_or_misnamed_key_is_refused() throws Exception {
        SigningKeys keys = created();
        ECKey key = com.nimbusds.jose.jwk.JWKSet.parse(keys.jwks()).getKeys().getFirst().toECKey();
        var pair = EnrolmentKey.read(onlyFile()).pair();
        String withPrivate =
                new ECKey.Builder(key).privateKey(pair.getPrivate()).build().toJSONString();
        String unnamed = new ECKey.Builder(key).keyID(null).build().toJSONString();
        String misnamed = new ECKey.Builder(key).keyID("k1").build().toJSONString();

        for (String bad : List.of(withPrivate, unnamed, misnamed, "{}", "{\"kty\":\"RSA\"}")) {
            assertThrows(
                    WireException.class,
                    () -> VerificationKeys.parse("{\"keys\":[" + bad + "]}"),
                    bad);
        }
        assertThrows(WireException.class, () -> VerificationKeys.parse("{\"keys\":[]}"));
        assertThrows(WireException.class, () -> VerificationKeys.parse("[]"));
        assertThrows(WireException.class, () -> VerificationKeys.parse("garbage"));
    }

    private SigningKeys created() throws IOException {
        return SigningKeys.create(temp.resolve("keys"), NOW);
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(temp.resolve("keys"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
