package dev.daypass.examples.live;

import dev.daypass.vault.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Threat 2: a token that was altered, or is for another thing.
///
/// Mutation: `VerificationKeys.verify` takes every signature.
class Row02AlteredTokenTest extends WithToken {
    @Test
    void an_altered_token_is_refused() {
        for (Secret altered :
                List.of(
                        Tokens.with(account.token(), "\"exp\":", "\"exp\":9"),
                        Tokens.with(account.token(), "/{a}", "/{a}/{c}"),
                        Tokens.with(account.token(), "\"GET\"", "\"POST\""),
                        Tokens.with(account.token(), "/lab\"", "/other\""),
                        Tokens.withSignatureBitFlipped(account.token()),
                        Tokens.withoutSignature(account.token()))) {
            refusedAt("verify", owner.client().call("GET", "/lab/x", altered));
        }
    }

    @Test
    void a_token_for_one_service_is_refused_at_another() {
        refusedAt("verify", owner.call("GET", "/other/x", account));
    }

    @Test
    void a_token_with_a_borrowed_grant_is_refused() {
        Agent.Opened wider = owner.open("read and create things");

        Secret mixed = Tokens.payloadOf(wider.token(), account.token());

        refusedAt("verify", owner.client().call("GET", "/lab/x", mixed));
    }
}
