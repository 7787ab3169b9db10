package dev.daypass.broker;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Json;
import org.jspecify.annotations.Nullable;

/// A request to do more with an account than it was opened for.
///
/// @param claimant who asks
/// @param account which account
/// @param reason why, in words that count like the task's; at most [#REASON_CHARS_MAX] characters
/// @param task what else is to be done, in words that count as well; `null` where the reason says
///   it
/// @param source where the wish comes from; `null` for the agent itself
public record WidenRequest(
        OpenRequest.Claimant claimant,
        AccountId account,
        String reason,
        @Nullable String task,
        @Nullable Source source) {
    public static final int REASON_CHARS_MAX = 1_000;
    public static final int QUOTE_CHARS_MAX = 2_000;

    /// Words of somebody else. They count only where the account trusts them since it was opened.
    ///
    /// @param from whose, as in the account's `trust`
    /// @param quote their words; at most [#QUOTE_CHARS_MAX] characters
    public record Source(String from, String quote) {
        Json.Obj toJson(boolean trusted) {
            return Json.object()
                    .put("from", from)
                    .put("quote", quote)
                    .put("trusted", trusted)
                    .build();
        }
    }
}
