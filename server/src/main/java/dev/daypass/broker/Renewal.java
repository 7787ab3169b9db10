package dev.daypass.broker;

import dev.daypass.account.Account;
import java.time.Instant;

/// What became of a request for a new token.
public sealed interface Renewal {
    /// @param account the account
    /// @param token the new token
    /// @param expires when it ends
    record Renewed(Account account, String token, Instant expires) implements Renewal {
        @Override
        public String toString() {
            return "Renewed[" + account.id() + "]";
        }
    }

    /// @param why why not
    record Refused(Refusal why) implements Renewal {}
}
