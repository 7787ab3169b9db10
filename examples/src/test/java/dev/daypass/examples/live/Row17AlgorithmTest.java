package dev.daypass.examples.live;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Threat 17: tokens that play with algorithm, type or key.
///
/// Mutation: `VerificationKeys.verify` does not look at `typ`, or takes the key that a header
/// brings.
class Row17AlgorithmTest extends WithToken {
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
}
