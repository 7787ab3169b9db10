package dev.daypass.users;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.AgentId;
import dev.daypass.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever stands in the place of a user's token: nobody is believed but who was signed for.
class PresentedTokenFuzzTest {
    private static final ECKey KEY = Login.ec("one");
    private static final String GOOD = Login.sign(KEY, JWSAlgorithm.ES256, Login.claims());
    private static final Users USERS =
            new Users(
                    List.of(
                            new TrustedIssuer(
                                    Login.config(Set.of()),
                                    IssuerKeys.fixed(PublicKeys.parse(Login.jwks(KEY))))),
                    "daypass.example",
                    () -> Login.NOW);

    @FuzzTest
    void what_was_not_signed_is_not_believed(byte[] input) {
        String token = new String(input, StandardCharsets.UTF_8);
        UserCheck check = USERS.check(Secret.of(token), new AgentId("buybot"));
        if (token.equals(GOOD)) {
            assertInstanceOf(UserCheck.Proved.class, check);
            return;
        }
        UserCheck.Failed failed = assertInstanceOf(UserCheck.Failed.class, check);
        assertFalse(failed.why().isBlank());
        assertTrue(failed.why().length() < 500, failed::why);
    }

    @Test
    void a_damaged_token_is_not_believed() {
        Check.forAll(
                5_000,
                random ->
                        what_was_not_signed_is_not_believed(
                                Gen.mutated(random, GOOD, "AZaz09-_.=+/ \u0000")));
    }

    @Test
    void damaged_json_within_the_form_of_a_token_is_not_believed() {
        String header = "{\"alg\":\"ES256\",\"kid\":\"one\",\"typ\":\"JWT\"}";
        String claims = "{\"iss\":\"https://login.example\",\"sub\":\"anna\",\"exp\":1e30}";
        String signature = GOOD.substring(GOOD.lastIndexOf('.') + 1);
        Check.forAll(
                5_000,
                random -> {
                    String alphabet = "{}[]\":,01e.\\null";
                    String token =
                            part(Gen.mutated(random, header, alphabet))
                                    + "."
                                    + part(Gen.mutated(random, claims, alphabet))
                                    + "."
                                    + signature;
                    what_was_not_signed_is_not_believed(token.getBytes(StandardCharsets.UTF_8));
                });
    }

    private static String part(byte[] bytes) {
        return dev.daypass.wire.Base64Url.encode(bytes);
    }
}
