package dev.daypass.account;

import dev.daypass.identity.UserId;
import java.time.Instant;
import java.util.List;

/// That an account acts for a user, and what is kept of it: never the user's token.
///
/// @param user for whom
/// @param groups of the user, those for which the configuration had a grant; today's grants of
///   these bound whatever the account gets later
/// @param named whether the user's token says who may act (`may_act`, RFC 8693, section 4.4): then
///   no other agent acts for them by delegation alone
/// @param until when the user's token ends, and with it whatever was handed on by it
public record OnBehalf(UserId user, List<String> groups, boolean named, Instant until) {
    /// By a token that names no actor.
    public OnBehalf(UserId user, List<String> groups, Instant until) {
        this(user, groups, false, until);
    }

    public OnBehalf {
        groups = List.copyOf(groups);
    }
}
