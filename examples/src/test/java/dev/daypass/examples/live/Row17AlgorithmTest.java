package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.authority.SigningKeys;
import dev.daypass.authority.VerificationKeys;
import dev.daypass.vault.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threat 17: tokens that play with algorithm, type or key. All but the last are signed with the
/// server's own key, so that nothing but the header can be what refuses them.
///
/// Mutations that make it fail: in `VerificationKeys.flawOf`, do not look at `alg`, at `typ`, or
/// for members that are not known; in `VerificationKeys.verify`, take the first key where `kid`
/// names none.
class Row17AlgorithmTest extends WithToken {
    private static final String OURS = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}";

    private int called(Secret token) {
        return owner.client().call("GET", "/lab/x", token).status();
    }

    @Test
    void tokens_that_play_with_algorithm_type_or_key_are_refused() {
        for (String header :
                List.of(
                        "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"alg\":\"es256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"../../etc/passwd\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"crit\":[\"x\"]}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"kid\":\"%s\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"jku\":\"https://thief.example/jwks\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\",\"b64\":false}")) {
            Secret token = Tokens.signed(account.token(), header, here.data());
            refusedAt("verify", owner.client().call("GET", "/lab/x", token));
        }
        assertEquals(200, called(Tokens.signed(account.token(), OURS, here.data())));
    }

    @Test
    void a_key_that_a_token_brings_along_is_not_used(@TempDir Path thief) throws IOException {
        SigningKeys keys = SigningKeys.create(thief, Instant.now());
        String own = VerificationKeys.parse(keys.jwks()).kids().iterator().next();
        String jwk = keys.jwks().replaceAll("(?s).*\\[(.*)\\].*", "$1");

        for (String header :
                List.of(
                        OURS,
                        OURS.replace("%s", own),
                        OURS.replace("}", ",\"jwk\":" + jwk + "}"),
                        OURS.replace("%s", own).replace("}", ",\"jwk\":" + jwk + "}"))) {
            Secret token = Tokens.signed(account.token(), header, thief);
            refusedAt("verify", owner.client().call("GET", "/lab/x", token));
        }
    }

    @Test
    void a_token_signed_with_the_public_key_as_a_password_is_refused() {
        String jwks = owner.send("GET", "/oauth2/jwks").bodyText();

        refusedAt(
                "verify", owner.client().call("GET", "/lab/x", Tokens.hmac(account.token(), jwks)));
    }
}
