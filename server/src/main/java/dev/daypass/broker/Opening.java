package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.intent.Confined;
import dev.daypass.policy.Decision;
import java.time.Instant;
import java.util.List;

/// What became of a request for an account.
public sealed interface Opening {
    /// It is active.
    ///
    /// @param account the account
    /// @param token its access token
    /// @param tokenExpires when the token ends
    /// @param confined its grant and what was left out
    record Active(Account account, String token, Instant tokenExpires, Confined confined)
            implements Opening {
        @Override
        public String toString() {
            return "Active[" + account.id() + "]";
        }
    }

    /// It waits for a human.
    ///
    /// @param account the account
    /// @param needs the rules that want a human
    /// @param waitsUntil when it is given up
    /// @param confined its grant and what was left out
    record Waiting(
            Account account, List<Decision.Need> needs, Instant waitsUntil, Confined confined)
            implements Opening {}

    /// No.
    ///
    /// @param why why
    record Refused(Refusal why) implements Opening {}
}
