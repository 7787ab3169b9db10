package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.intent.Confined;
import dev.daypass.policy.Decision;
import dev.daypass.wire.Json;
import java.time.Instant;
import java.util.List;

/// What became of a request to widen an account.
public sealed interface Widening {
    /// It may do more from now on, with this token.
    ///
    /// @param account with its wider grant
    /// @param token for the wider grant; earlier ones keep theirs
    /// @param tokenExpires when the token ends
    /// @param widening number, reason, source and the leaves that are new
    /// @param confined what the words came to
    record Granted(
            Account account,
            String token,
            Instant tokenExpires,
            Json.Obj widening,
            Confined confined)
            implements Widening {
        @Override
        public String toString() {
            return "Granted[" + account.id() + "]";
        }
    }

    /// A human has to agree first; until then the account is as it was.
    ///
    /// @param account as it is
    /// @param needs the rules that want a human; empty where only the new leaves' traits do
    /// @param widening number, reason, source and the leaves that would be new
    /// @param confined what the words came to
    record Waiting(Account account, List<Decision.Need> needs, Json.Obj widening, Confined confined)
            implements Widening {}

    /// No.
    ///
    /// @param why why
    record Refused(Refusal why) implements Widening {}
}
