package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Threat 21: no answer, metric or fact repeats a secret. What is written to files and logs, also
/// by a server that is killed, `CrashTest` looks through.
///
/// Mutation: `TokenCheck.refused` tells the token, or the `Fact.CallMade` of `Forwarding` keeps the
/// `Authorization` field.
class Row21SecretsTest extends WithToken {
    @Test
    void what_is_no_token_is_refused_without_a_word_of_it_in_the_answer() {
        for (String garbage : List.of("x", "a.b.c", "....", "e".repeat(5_000), "eyJhbGciOi..")) {
            Answer answer = owner.client().call("GET", "/lab/x", Secret.of(garbage));

            refusedAt("verify", answer);
            assertTrue(!answer.bodyText().contains("eeee"), answer.bodyText());
        }
    }

    @Test
    void what_stands_in_metrics_and_answers_to_operators_holds_no_secret() {
        Secret token = account.token();
        owner.call("GET", "/lab/x", account);
        upstream.follow((_, _, out) -> {
            out.write(("nonsense " + Lab.KEY + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("broken off");
        });
        Answer failed = owner.call("GET", "/lab/x", account);

        assertEquals(502, failed.status(), failed.bodyText());
        for (String told :
                List.of(
                        failed.bodyText(),
                        here.metrics(),
                        Ledger.of(here),
                        here.operator().send("GET", "/v1/services/lab", null).bodyText(),
                        here.operator()
                                .send("GET", "/v1/accounts/" + account.id(), null)
                                .bodyText())) {
            assertFalse(told.isEmpty());
            assertFalse(told.contains(Lab.KEY), told);
            assertFalse(told.contains(token.reveal()), told);
        }
    }
}
